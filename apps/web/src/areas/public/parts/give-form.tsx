import { formatYuan, parseYuan, yuanNumber } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAmountCheck } from '../../../shared/amount.ts';
import { useCall } from '../../../shared/api/query.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import {
  Button,
  Checkbox,
  Form,
  newFormId,
  RadioGroup,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { payScene } from '../../../shared/pay.ts';
import { WayChoice } from './way-choice.tsx';
import { useFederation } from './words.ts';

interface GiveFormProps {
  target: { kind: 'campaign' | 'item' | 'fund'; id: string };
  /** What is still needed, in fen; null when there is no goal. */
  leftFen: number | null;
  /** What happens to what is left over, shown before giving. */
  remainderRule: string;
}

const suggested = ['1', '5', '20'] as const;
const OWN = 'own';

/** Gives money: an amount (one yuan to begin with), a name if one likes, and on to the platform's cashier. */
export function GiveForm({ target, leftFen, remainderRule }: GiveFormProps) {
  const { t } = useTranslation('public');
  const federation = useFederation();
  const sandbox = useDistrict()?.sandbox ?? false;
  const start = useCall(routes.donation.startGift);
  const amountWrong = useAmountCheck();
  const [way, setWay] = useState<string | null>(null);
  const [choice, setChoice] = useState<string>('1');
  const [own, setOwn] = useState('');
  const [name, setName] = useState<GiverName>(anonymous);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [leaving, setLeaving] = useState(false);
  const amountYuan = choice === OWN ? own : choice;
  // A changed form is another gift; the same form sent twice is one.
  const form = useRef({ id: '', of: '' });
  async function send() {
    const found: Record<string, string> = {};
    const wrong = amountWrong(amountYuan, t('give.amountMissing'));
    if (wrong) found.amountYuan = wrong;
    if (name.named && !name.text.trim()) found['name.displayName'] = t('give.nameMissing');
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const body = {
      target,
      amountYuan,
      name: choiceOf(name),
      scene: payScene(),
      ...(way && { channel: way }),
    };
    const of = JSON.stringify(body);
    if (form.current.of !== of) form.current = { id: newFormId(), of };
    const started = await start.send({ body: { ...body, formId: form.current.id } });
    form.current.of = '';
    setLeaving(true);
    const here = started.code !== null || started.call !== null;
    window.location.assign(here ? `/gifts/${started.token}/pay` : started.cashierUrl);
  }
  const fen = parseYuan(amountYuan);
  return (
    <Form
      scope="give"
      onSend={() => void send().catch(() => undefined)}
      errors={errors}
      call={{ refusal: start.refusal, busy: start.busy || leaving }}
    >
      <Amounts leftFen={leftFen} choice={choice} onChoose={setChoice} own={own} onOwn={setOwn} />
      <div className="rule" id="rule">
        <strong>{t('give.rule')}</strong>
        <p>{remainderRule}</p>
      </div>
      <NameChoice name={name} onChange={setName} federation={federation} />
      <WayChoice way={way} onChoose={setWay} />
      <div className="stack-tight">
        <Button kind="primary" type="submit" wide busy={start.busy || leaving}>
          {fen ? t('give.pay', { amount: formatYuan(fen) }) : t('give.payBare')}
        </Button>
        <p className="soft small">{t('give.where')}</p>
        {sandbox && <p className="soft small">{t('give.sandbox')}</p>}
      </div>
      <noscript>
        <p className="notice">{t('give.noScript', { federation })}</p>
      </noscript>
    </Form>
  );
}

interface AmountsProps {
  leftFen: number | null;
  choice: string;
  onChoose: (choice: string) => void;
  own: string;
  onOwn: (own: string) => void;
}

function Amounts({ leftFen, choice, onChoose, own, onOwn }: AmountsProps) {
  const { t } = useTranslation('public');
  const options = suggested
    .filter((yuan) => leftFen === null || Number(yuan) * 100 < leftFen || yuan === '1')
    .map((yuan) => ({ value: yuan as string, label: formatYuan(Number(yuan) * 100) }));
  if (leftFen !== null && leftFen > 100)
    options.push({
      value: yuanNumber(leftFen).replaceAll(',', ''),
      label: t('give.all', { amount: formatYuan(leftFen) }),
    });
  if (leftFen === null) options.push({ value: '100', label: formatYuan(10_000) });
  options.push({ value: OWN, label: t('give.own') });
  return (
    <div className="stack-tight amounts">
      <RadioGroup
        name={choice === OWN ? 'amountChoice' : 'amountYuan'}
        label={t('give.amount')}
        value={choice}
        onChange={onChoose}
        options={options}
      />
      {choice === OWN && (
        <YuanField name="amountYuan" label={t('give.ownLabel')} value={own} onChange={onOwn} />
      )}
    </div>
  );
}

interface GiverName {
  named: boolean;
  text: string;
  showPublic: boolean;
  showRecipient: boolean;
  showStaff: boolean;
}
const anonymous: GiverName = {
  named: false,
  text: '',
  showPublic: true,
  showRecipient: false,
  showStaff: true,
};

function choiceOf({ named, text, showPublic, showRecipient, showStaff }: GiverName) {
  return {
    displayName: named ? text.trim() : null,
    hideFromPublic: !named || !showPublic,
    hideFromRecipient: !named || !showRecipient,
    hideFromStaff: named && !showStaff,
  };
}

interface NameChoiceProps {
  name: GiverName;
  onChange: (name: GiverName) => void;
  federation: string;
}

function NameChoice({ name, onChange, federation }: NameChoiceProps) {
  const { t } = useTranslation('public');
  const set = (change: Partial<GiverName>) => onChange({ ...name, ...change });
  return (
    <div className="stack-tight">
      <RadioGroup
        name="name"
        label={t('give.name')}
        value={name.named ? 'named' : 'anonymous'}
        onChange={(value) => set({ named: value === 'named' })}
        options={[
          { value: 'anonymous', label: t('give.anonymous'), hint: t('give.anonymousHint') },
          { value: 'named', label: t('give.named'), hint: t('give.namedHint') },
        ]}
      />
      {name.named && (
        <div className="name-choice">
          <TextField
            name="name.displayName"
            label={t('give.nameLabel')}
            value={name.text}
            maxLength={20}
            onChange={(text) => set({ text })}
          />
          <fieldset>
            <legend>{t('give.switches')}</legend>
            <Checkbox
              name="name.hideFromPublic"
              label={t('give.showPublic')}
              checked={name.showPublic}
              onChange={(showPublic) => set({ showPublic })}
            />
            <Checkbox
              name="name.hideFromRecipient"
              label={t('give.showRecipient')}
              checked={name.showRecipient}
              onChange={(showRecipient) => set({ showRecipient })}
            />
            <Checkbox
              name="name.hideFromStaff"
              label={t('give.showStaff')}
              checked={name.showStaff}
              onChange={(showStaff) => set({ showStaff })}
            />
          </fieldset>
        </div>
      )}
      <p className="soft small">{t('give.receipts', { federation })}</p>
    </div>
  );
}
