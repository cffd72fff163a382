import { statutoryAids } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { RadioGroup, Select, TextField } from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { useFilled } from '../parts/checks.ts';
import { lapseCauses } from '../parts/codes.ts';
import { MoveFrame } from './move-frame.tsx';
import { commonFields, type MoveProps, useMove } from './use-move.ts';

const emptyMerge = { ...commonFields, intoNumber: '' };

/** Two records of one matter become one; a likely duplicate is one tap. */
export function MergeMove(props: MoveProps) {
  const { t } = useTranslation('console');
  const form = useMove(props, emptyMerge);
  const filled = useFilled();
  const others = props.need.possibleDuplicates;
  const { intoNumber } = form.value;
  const send = () => {
    if (form.checks.pass({ intoNumber: filled(intoNumber, t('need.field.intoNumber')) }))
      form.submit({ move: 'merge', ...form.common(), intoNumber });
  };
  return (
    <MoveFrame {...props} form={form} onSend={send}>
      {others.length > 0 && (
        <RadioGroup
          name="duplicate"
          label={t('need.record.duplicates')}
          value={intoNumber}
          onChange={(number) => form.update({ intoNumber: number })}
          options={others.map((other) => ({
            value: other.number,
            label: `${other.number} ${other.title}`,
          }))}
        />
      )}
      <TextField
        name="intoNumber"
        label={t('need.field.intoNumber')}
        short
        value={intoNumber}
        onChange={(number) => form.update({ intoNumber: number })}
      />
    </MoveFrame>
  );
}

const referrals = [...statutoryAids, 'designated_platform'] as const;
const emptyRefer = {
  ...commonFields,
  to: '' as '' | (typeof referrals)[number],
  reason: '',
};

/** The matter goes to the office whose aid it is, with the reason. */
export function ReferMove(props: MoveProps) {
  const { t } = useTranslation('console');
  const form = useMove(props, emptyRefer);
  const filled = useFilled();
  const { to, reason } = form.value;
  const send = () => {
    const fine = form.checks.pass({
      to: to === '' && t('need.field.needTo'),
      reason: filled(reason, t('need.field.reason')),
    });
    if (fine && to !== '') form.submit({ move: 'refer', ...form.common(), to, reason });
  };
  return (
    <MoveFrame {...props} form={form} onSend={send}>
      <Select
        name="to"
        label={t('need.field.referTo')}
        placeholder=""
        value={to}
        onChange={(picked) => form.update({ to: oneOf(referrals, picked) ?? '' })}
        options={referrals.map((one) => ({ value: one, label: t(`codes.aid.${one}`) }))}
      />
      <TextField
        name="reason"
        label={t('need.field.reason')}
        value={reason}
        onChange={(text) => form.update({ reason: text })}
      />
    </MoveFrame>
  );
}

const emptyLapse = { ...commonFields, cause: '' as '' | (typeof lapseCauses)[number] };

/** The need ended by itself: the person died or moved, or its time is over. */
export function LapseMove(props: MoveProps) {
  const { t } = useTranslation('console');
  const form = useMove(props, emptyLapse);
  const { cause } = form.value;
  const send = () => {
    if (form.checks.pass({ cause: cause === '' && t('need.field.needCause') }) && cause !== '')
      form.submit({ move: 'lapse', ...form.common(), cause });
  };
  return (
    <MoveFrame {...props} form={form} onSend={send}>
      <RadioGroup
        name="cause"
        label={t('need.field.cause')}
        value={cause}
        onChange={(picked) => form.update({ cause: oneOf(lapseCauses, picked) ?? '' })}
        options={lapseCauses.map((one) => ({ value: one, label: t(`codes.lapse.${one}`) }))}
      />
    </MoveFrame>
  );
}
