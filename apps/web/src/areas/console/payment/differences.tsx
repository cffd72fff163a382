import { routes } from '@wennuan/contract';
import { formatYuan } from '@wennuan/basics';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  ButtonAnchor,
  Dialog,
  Form,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { WholeTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';
import type { Reconciliation } from './reconciliation-picture.tsx';

type Difference = Reconciliation['differences'][number];
type Word = Difference['platform'];

/** Every payment of which platform, bill and ledger do not say the same, with the lines that say it. */
export function Differences({ data }: { data: Reconciliation }) {
  const { t } = useTranslation('console');
  const [noting, setNoting] = useState<Difference | null>(null);
  const columns = useDifferenceColumns(setNoting);
  if (data.differences.length === 0) return null;
  const query = { from: data.from ?? undefined, until: data.until ?? undefined };
  return (
    <section className="panel" aria-label={t('reconciliation.differences')}>
      <span className="row-between">
        <h2>{t('reconciliation.differences')}</h2>
        <ButtonAnchor href={addressOf(routes.payment.differencesSheet, { query })} download>
          {t('reconciliation.sheet')}
        </ButtonAnchor>
      </span>
      <WholeTable
        label={t('reconciliation.differences')}
        rows={data.differences}
        columns={columns}
        rowKey={(one) => one.paymentId}
      />
      {noting && <NoteForm difference={noting} onClose={() => setNoting(null)} />}
    </section>
  );
}

function useDifferenceColumns(onNote: (one: Difference) => void): Column<Difference>[] {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const words = (word: Word) => {
    if (word === null) return t('reconciliation.none');
    const parts = [formatYuan(word.amountFen)];
    if (word.refundedFen > 0)
      parts.push(t('reconciliation.wordRefunded', { amount: formatYuan(word.refundedFen) }));
    if (word.feeFen !== null)
      parts.push(t('reconciliation.wordFee', { amount: formatYuan(word.feeFen) }));
    return parts.join(' · ');
  };
  const side = (key: 'platform' | 'bill' | 'ledger'): Column<Difference> =>
    drawnColumn(key, t(`reconciliation.${key}`), {
      words: (one) => words(one[key]),
      draw: (one) => (
        <>
          {words(one[key])}
          {one[key]?.file && (
            <small className="soft">
              <br />
              {t('reconciliation.line', { file: one[key].file, line: one[key].line ?? 0 })}
            </small>
          )}
        </>
      ),
    });
  const kinds = (one: Difference) => one.kinds.map((kind) => t(`codes.difference.${kind}`));
  return [
    wordColumn('order', t('reconciliation.order'), (one) => one.orderNumber),
    dateColumn('day', t('reconciliation.day'), (one) => one.day),
    drawnColumn('kinds', t('reconciliation.what'), {
      words: (one) => kinds(one).join(' '),
      draw: (one) => <State tone={one.note ? 'warned' : 'late'}>{kinds(one).join('、')}</State>,
    }),
    side('platform'),
    side('bill'),
    side('ledger'),
    wordColumn('note', t('reconciliation.note'), (one) =>
      one.note && one.notedBy ? `${one.note}（${one.notedBy}）` : one.note,
    ),
    ...(holds(session, 'incoming.write')
      ? [
          {
            key: 'write',
            header: t('reconciliation.writeNote'),
            cell: (one: Difference) => (
              <Button
                label={t('reconciliation.writeNoteLabel', { order: one.orderNumber })}
                onPress={() => onNote(one)}
              >
                {t('reconciliation.writeNote')}
              </Button>
            ),
          },
        ]
      : []),
  ];
}

function NoteForm({ difference, onClose }: { difference: Difference; onClose: () => void }) {
  const { t } = useTranslation('console');
  const [note, setNote] = useState(difference.note ?? '');
  const send = useSend(routes.payment.noteDifference);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <Dialog
      title={t('reconciliation.noteTitle', { order: difference.orderNumber })}
      open
      onClose={onClose}
    >
      <Form
        call={send}
        errors={checks.errors}
        onSend={() => {
          if (!checks.pass({ note: filled(note, t('reconciliation.note')) })) return;
          send.run({ params: { paymentId: difference.paymentId }, body: { note } }, () => {
            say(t('reconciliation.noted'));
            onClose();
          });
        }}
        send={t('reconciliation.noteSend')}
      >
        <TextField
          name="note"
          label={t('reconciliation.note')}
          hint={t('reconciliation.noteHint')}
          maxLength={100}
          value={note}
          onChange={setNote}
        />
      </Form>
    </Dialog>
  );
}
