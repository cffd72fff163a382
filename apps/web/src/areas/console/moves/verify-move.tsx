import { needKinds, statutoryAids } from '@wennuan/contract';
import { addDays } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { useFilled } from '../parts/checks.ts';
import { instantOf, nowAsTyped, today } from '../parts/instants.ts';
import { valuesOf } from '../../../shared/values.ts';
import { findsPerson } from './public-text.ts';
import { MoveFrame } from './move-frame.tsx';
import { commonFields, type MoveProps, useMove } from './use-move.ts';
import { PublicWords, Statutory, Visit } from './verify-parts.tsx';
import { emptyVerification } from './verification.ts';

const empty = { ...commonFields, ...emptyVerification };
const VALID_DAYS = 90;

/** Verifying is a record, not a button: who went where and when, what was seen, the price, the finding. */
export function VerifyMove(props: MoveProps) {
  const { t } = useTranslation('console');
  const { need } = props;
  const kind = needKinds[need.kind];
  const form = useMove(props, empty);
  const filled = useFilled();
  const value = {
    ...form.value,
    visitedAt: form.value.visitedAt || nowAsTyped(),
    validUntil: form.value.validUntil || addDays(today(), kind.lapseDays ?? VALID_DAYS),
  };
  // What nobody typed is shown as it will be sent.
  const shown = valuesOf(value, form.update);
  const asksPublic = kind.publicWall && value.finding !== 'not_true';
  const missing = statutoryAids.filter((aid) => !value.statutory[aid]?.result).length;
  function send() {
    const { finding } = value;
    const fine = form.checks.pass({
      place: filled(value.place, t('need.field.place')),
      seen: filled(value.seen, t('need.field.seen')),
      finding: finding === '' && t('need.field.needFinding'),
      secondSource: kind.statutoryFirst && filled(value.secondSource, t('need.field.secondSource')),
      statutory:
        kind.statutoryFirst && missing > 0 && t('need.field.needStatutory', { count: missing }),
      publicTitle: asksPublic && filled(value.publicTitle, t('need.field.publicTitle')),
      publicText: asksPublic && filled(value.publicText, t('need.field.publicText')),
    });
    if (!fine || finding === '') return;
    form.submit({
      move: 'verify',
      ...form.common(),
      visitedAt: instantOf(value.visitedAt),
      place: value.place,
      seen: value.seen,
      finding,
      priceYuan: value.priceYuan.trim() || null,
      priceSource: value.priceSource.trim() || null,
      secondSource: value.secondSource.trim() || null,
      validUntil: value.validUntil,
      publicTitle: asksPublic ? value.publicTitle : null,
      publicText: asksPublic ? value.publicText : null,
      statutory: statutoryAids.flatMap((aid) => {
        const line = value.statutory[aid];
        return line?.result ? [{ aid, result: line.result, note: line.note }] : [];
      }),
    });
  }
  return (
    <MoveFrame {...props} form={form} onSend={send} photos="">
      <Visit {...shown} secondSourceNeeded={kind.statutoryFirst} />
      {kind.statutoryFirst && <Statutory {...form} error={form.checks.errors.statutory} />}
      {asksPublic && (
        <PublicWords {...form} found={findsPerson(`${value.publicTitle} ${value.publicText}`)} />
      )}
    </MoveFrame>
  );
}
