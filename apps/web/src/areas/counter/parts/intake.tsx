import { newId } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import {
  ButtonLink,
  dateWords,
  Form,
  Notice,
  RadioGroup,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import type { TillState } from '../till/store.ts';

const KINDS = ['help_request', 'micro_wish'] as const;
const CONSENTS = ['spoken', 'paper', 'not_possible'] as const;
const oneOf = <T extends string>(known: readonly T[], text: string): T =>
  known.find((one) => one === text) ?? known[0]!;

/** What else comes to a counter: somebody who needs help, somebody who brings things. Each is taken down, and passed on. */
export function Intake({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const tillId = till.snapshot!.data.till.id;
  if (!till.online) return <p className="till-warning">{t('intake.offline')}</p>;
  return (
    <div className="till-intake">
      <TakeNeed tillId={tillId} />
      <TakeGift tillId={tillId} />
    </div>
  );
}

const emptyNeed = () => ({
  kind: 'help_request' as (typeof KINDS)[number],
  personName: '',
  contactTelephone: '',
  title: '',
  story: '',
  consentForm: 'spoken' as (typeof CONSENTS)[number],
  consentNote: '',
  formId: newId(),
});

/** A need in her own words. No identity, illness or income: the community's worker asks what she must know. */
function TakeNeed({ tillId }: { tillId: string }) {
  const { t, i18n } = useTranslation('counter');
  const { value, update, field } = useValues(emptyNeed());
  const take = useCall(routes.counter.takeNeed);
  const send = async () => {
    const body = { ...value, contactTelephone: value.contactTelephone.trim() || null };
    const filed = await take.send({ params: { tillId }, body }).catch(() => null);
    if (filed) update(emptyNeed());
  };
  return (
    <section className="till-narrow" aria-labelledby="take-need">
      <h2 id="take-need">{t('intake.need')}</h2>
      <p>{t('intake.needLead')}</p>
      {take.done && (
        <Notice tone="done" title={t('intake.needDone', { number: take.done.number })}>
          <p>{t('intake.needBy', { at: dateWords(take.done.answerBy, i18n.language) })}</p>
        </Notice>
      )}
      <Form scope="need" call={take} send={t('intake.needSend')} onSend={() => void send()}>
        <RadioGroup
          name="kind"
          label={t('intake.kind')}
          value={value.kind}
          onChange={(kind) => update({ kind: oneOf(KINDS, kind) })}
          options={KINDS.map((one) => ({ value: one, label: t(`intake.kinds.${one}`) }))}
        />
        <TextField {...field('personName')} label={t('intake.name')} hint={t('intake.nameHint')} />
        <TextField
          {...field('contactTelephone')}
          optional
          label={t('intake.telephone')}
          inputMode="tel"
        />
        <TextField {...field('title')} label={t('intake.title')} hint={t('intake.titleHint')} />
        <TextArea
          {...field('story')}
          rows={3}
          label={t('intake.story')}
          hint={t('intake.storyHint')}
        />
        <RadioGroup
          name="consentForm"
          label={t('intake.consent')}
          value={value.consentForm}
          onChange={(form) => update({ consentForm: oneOf(CONSENTS, form) })}
          options={CONSENTS.map((one) => ({ value: one, label: t(`intake.consents.${one}`) }))}
        />
        {value.consentForm === 'not_possible' && (
          <TextField {...field('consentNote')} label={t('intake.consentNote')} />
        )}
      </Form>
      <p>
        <ButtonLink to="/help">{t('intake.call')}</ButtonLink>
      </p>
    </section>
  );
}

const emptyGift = () => ({
  telephone: '',
  title: '',
  quantity: '1',
  unit: '',
  purpose: '',
  formId: newId(),
});

/** Things somebody brings: hers by her telephone, so that she can see where each went. */
function TakeGift({ tillId }: { tillId: string }) {
  const { t } = useTranslation('counter');
  const { value, update, field } = useValues(emptyGift());
  const take = useCall(routes.counter.takeGift);
  const send = async () => {
    const { telephone, title, quantity, unit, purpose, formId } = value;
    const line = { title, quantity: Number(quantity) || 0, unit, expiresOn: null };
    const name = { displayName: null };
    const body = { telephone, purpose, formId, name, lines: [line] };
    const taken = await take.send({ params: { tillId }, body }).catch(() => null);
    if (taken) update({ ...emptyGift(), telephone });
  };
  return (
    <section className="till-narrow" aria-labelledby="take-gift">
      <h2 id="take-gift">{t('intake.gift')}</h2>
      <p>{t('intake.giftLead')}</p>
      {take.done && (
        <Notice tone="done" title={t('intake.giftDone', { number: take.done.number })}>
          <p>{t('intake.giftNext')}</p>
        </Notice>
      )}
      <Form scope="gift" call={take} send={t('intake.giftSend')} onSend={() => void send()}>
        <TextField
          {...field('telephone')}
          label={t('intake.giver')}
          hint={t('intake.giverHint')}
          inputMode="tel"
        />
        <TextField {...field('title')} label={t('intake.thing')} hint={t('intake.thingHint')} />
        <div className="field-row">
          <TextField {...field('quantity')} short label={t('intake.count')} inputMode="numeric" />
          <TextField {...field('unit')} short label={t('intake.unit')} />
        </div>
        <TextField {...field('purpose')} optional label={t('intake.purpose')} />
      </Form>
    </section>
  );
}
