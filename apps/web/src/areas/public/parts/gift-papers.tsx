import { routes, type RouteOutput } from '@wennuan/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { routeQuery, useApi, useCall } from '../../../shared/api/query.ts';
import {
  Button,
  ButtonAnchor,
  DateText,
  Facts,
  Form,
  Notice,
  RadioGroup,
  RefusalNotice,
  State,
  TextField,
  type Tone,
} from '../../../shared/ui/index.ts';
import { PathLink } from './path-link.tsx';

type Confirmation = RouteOutput<typeof routes.receipt.confirmation>;

const POLL_MILLIS = 1_000;
const waiting = new Set(['waiting', 'pending']);

/** The giver's papers: the donation confirmation, and how the fiscal receipt stands. */
export function GiftPapers({ token }: { token: string }) {
  const { t } = useTranslation('public');
  const { data } = useQuery({
    ...routeQuery(useApi(), routes.receipt.confirmation, { params: { token } }),
    refetchInterval: ({ state }) =>
      state.data && !waiting.has(state.data.state) ? false : POLL_MILLIS,
  });
  return (
    <>
      <section className="stack-tight" aria-labelledby="confirmation">
        <h2 id="confirmation">{t('papers.title')}</h2>
        <p className="soft">{t('papers.lead')}</p>
        <div role="status">
          {(!data || waiting.has(data.state)) && <p>{t('papers.pending')}</p>}
          {data?.state === 'erased' && <Notice>{t('papers.erased')}</Notice>}
        </div>
        {data?.state === 'ready' && <Ready token={token} confirmation={data} />}
        {data?.state === 'made' && <Made token={token} confirmation={data} />}
      </section>
      {data && (data.state === 'ready' || data.state === 'made') && (
        <Fiscal token={token} confirmation={data} />
      )}
    </>
  );
}

interface Own {
  token: string;
  confirmation: Confirmation;
}

/** Before it is made: under which name. */
function Ready({ token, confirmation }: Own) {
  const { t } = useTranslation('public');
  const make = useCall(routes.receipt.makeConfirmation);
  const [choice, setChoice] = useState<'shown' | 'other'>('shown');
  const [name, setName] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  async function send() {
    const donorName = choice === 'other' ? name.trim() : null;
    const missing = donorName === '';
    setErrors(missing ? { donorName: t('papers.nameMissing') } : {});
    if (missing) return;
    await make.send({ params: { token }, body: { donorName } });
  }
  return (
    <Form
      scope="papers"
      errors={errors}
      call={make}
      onSend={() => void send().catch(() => undefined)}
    >
      <RadioGroup
        name="choice"
        label={t('papers.name')}
        value={choice}
        onChange={(value) => setChoice(value === 'other' ? 'other' : 'shown')}
        options={[
          { value: 'shown', label: t('papers.nameShown', { name: confirmation.donorName }) },
          { value: 'other', label: t('papers.nameOther'), hint: t('papers.nameOtherHint') },
        ]}
      />
      {choice === 'other' && (
        <TextField
          name="donorName"
          label={t('papers.nameLabel')}
          value={name}
          maxLength={40}
          onChange={setName}
        />
      )}
      <p>
        <Button kind="primary" type="submit" busy={make.busy}>
          {t('papers.make')}
        </Button>
      </p>
    </Form>
  );
}

/** Once it is made: the same document each time, and how anybody checks it. */
function Made({ token, confirmation }: Own) {
  const { t } = useTranslation('public');
  const params = { params: { token } };
  return (
    <>
      <p className="row">
        <ButtonAnchor kind="primary" href={addressOf(routes.receipt.confirmationFile, params)}>
          {t('papers.pdf')}
        </ButtonAnchor>
        <ButtonAnchor href={addressOf(routes.receipt.confirmationProof, params)}>
          {t('papers.proof')}
        </ButtonAnchor>
      </p>
      <Facts
        rows={[
          [t('papers.number'), <span className="number">{confirmation.number}</span>],
          [t('papers.donor'), confirmation.donorName],
          [
            t('papers.code'),
            <PathLink to={confirmation.checkPath!}>
              <span className="number">{confirmation.checkCode}</span>
            </PathLink>,
          ],
          [t('papers.madeAt'), <DateText at={confirmation.madeAt!} />],
        ]}
      />
      <p className="soft small">{t('papers.keepFile')}</p>
    </>
  );
}

const fiscalTones: Record<Confirmation['fiscal']['state'], Tone> = {
  none: 'quiet',
  asked: 'running',
  issued: 'done',
  waived: 'quiet',
};

/** The fiscal e-receipt: issued by the state's platform, asked for here. */
function Fiscal({ token, confirmation: { fiscal } }: Own) {
  const { t } = useTranslation('public');
  const [asking, setAsking] = useState(false);
  const waive = useCall(routes.receipt.waiveFiscal);
  return (
    <section className="stack-tight" aria-labelledby="fiscal">
      <h2 id="fiscal">{t('fiscal.title')}</h2>
      <p role="status">
        <State tone={fiscalTones[fiscal.state]}>{t(`fiscal.state.${fiscal.state}`)}</State>{' '}
        <span className="soft">{t(`fiscal.body.${fiscal.state}`)}</span>
      </p>
      {fiscal.state === 'issued' && (
        <>
          <Facts
            rows={[
              [t('fiscal.number'), <span className="number">{fiscal.receiptNumber}</span>],
              [t('fiscal.issuedOn'), <DateText at={fiscal.issuedOn!} />],
            ]}
          />
          {fiscal.hasFile && (
            <p>
              <ButtonAnchor href={addressOf(routes.receipt.fiscalFile, { params: { token } })}>
                {t('fiscal.file')}
              </ButtonAnchor>
            </p>
          )}
        </>
      )}
      {waive.refusal && <RefusalNotice refusal={waive.refusal} />}
      {fiscal.state !== 'issued' && !asking && (
        <p className="row">
          <Button onPress={() => setAsking(true)}>
            {t(fiscal.state === 'asked' ? 'fiscal.change' : 'fiscal.ask')}
          </Button>
          {fiscal.state === 'none' && (
            <Button
              kind="quiet"
              busy={waive.busy}
              onPress={() => void waive.send({ params: { token } }).catch(() => undefined)}
            >
              {t('fiscal.waive')}
            </Button>
          )}
        </p>
      )}
      {asking && fiscal.state !== 'issued' && <Ask token={token} onDone={() => setAsking(false)} />}
    </section>
  );
}

function Ask({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation('public');
  const ask = useCall(routes.receipt.askFiscal);
  const [payer, setPayer] = useState({ payerName: '', taxNumber: '', contact: '' });
  const [errors, setErrors] = useState<Record<string, string>>({});
  async function send() {
    const missing = payer.payerName.trim() === '';
    setErrors(missing ? { payerName: t('fiscal.payerMissing') } : {});
    if (missing) return;
    const body = {
      payerName: payer.payerName,
      taxNumber: payer.taxNumber.trim() || null,
      contact: payer.contact.trim() || null,
    };
    await ask.send({ params: { token }, body });
    onDone();
  }
  const field = (name: keyof typeof payer) => ({
    name,
    label: t(`fiscal.${name}`),
    hint: t(`fiscal.${name}Hint`),
    value: payer[name],
    onChange: (text: string) => setPayer({ ...payer, [name]: text }),
  });
  return (
    <Form
      scope="fiscal"
      errors={errors}
      call={ask}
      onSend={() => void send().catch(() => undefined)}
    >
      <TextField {...field('payerName')} maxLength={100} />
      <TextField {...field('taxNumber')} optional maxLength={30} />
      <TextField {...field('contact')} optional maxLength={60} />
      <p className="row">
        <Button kind="primary" type="submit" busy={ask.busy}>
          {t('fiscal.send')}
        </Button>
        <Button kind="quiet" onPress={onDone}>
          {t('fiscal.cancel')}
        </Button>
      </p>
    </Form>
  );
}
