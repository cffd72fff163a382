import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { PrintButton, PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { useDistrict } from '../../../shared/session/district.ts';
import {
  Button,
  Facts,
  Form,
  Loaded,
  Notice,
  Page,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { BatchLines } from '../books/batch-lines.tsx';
import { FileDrop } from '../books/file-drop.tsx';
import { PartsBar } from '../books/parts-bar.tsx';
import { Problems } from '../books/problems.tsx';
import { batchTones } from '../books/tones.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useInstant } from '../books/words.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { useSend } from '../parts/send.ts';

type Batch = RouteOutput<typeof routes.payout.readBatch>;

/** One batch: its file for the bank, what the bank answered, and what can be done now. */
export function BatchPage() {
  const { t } = useTranslation('console');
  const { batchId } = useParams({ from: '/desk/batches/$batchId' });
  const query = useRoute(routes.payout.readBatch, { params: { batchId } });
  const batch = query.data;
  return (
    <Page
      title={batch ? t('books.batch.title', { number: batch.number }) : t('books.batches.title')}
      width="wide"
      aside={
        batch && (
          <span className="row">
            <State tone={batchTones[batch.state]}>{t(`books.batches.states.${batch.state}`)}</State>
            <Cover batch={batch} />
          </span>
        )
      }
    >
      <Loaded query={query}>{(loaded) => <Sheet batch={loaded} />}</Loaded>
    </Page>
  );
}

function Sheet({ batch }: { batch: Batch }) {
  const { t } = useTranslation('console');
  return (
    <>
      <div className="two-columns">
        <section className="panel">
          <h2>{t('books.batch.picture')}</h2>
          <Outcomes batch={batch} />
          <BatchFacts batch={batch} />
        </section>
        <div className="record-column">
          {batch.mayExport && <Export batch={batch} />}
          {batch.mayAnswer && <Answer batch={batch} />}
          {batch.mayVoid && <VoidBatch batch={batch} />}
        </div>
      </div>
      <section className="panel" aria-label={t('books.batch.lines')}>
        <h2>{t('books.batch.lines')}</h2>
        {batch.rejectedCount > 0 && <p className="soft">{t('books.batch.again')}</p>}
        <BatchLines batch={batch} />
      </section>
    </>
  );
}

function Outcomes({ batch }: { batch: Batch }) {
  const { t } = useTranslation('console');
  const sum = (state: string) =>
    batch.items
      .filter((line) => line.state === state)
      .reduce((total, line) => total + line.amountFen, 0);
  const part = (
    state: 'confirmed' | 'rejected' | 'unknown' | 'waiting',
    count: number,
    shade: 'spent' | 'committed' | 'asked' | 'free',
  ) => ({
    key: state,
    label: t(`books.batches.lineStates.${state}`),
    fen: sum(state),
    shade,
    words: t('books.batch.partWords', { amount: formatYuan(sum(state)), count }),
  });
  return (
    <PartsBar
      label={t('books.batch.picture')}
      headings={[t('books.batch.outcome'), t('books.batch.sum')]}
      parts={[
        part('confirmed', batch.confirmedCount, 'free'),
        part('rejected', batch.rejectedCount, 'committed'),
        part('unknown', batch.unknownCount, 'asked'),
        part('waiting', batch.waitingCount, 'spent'),
      ]}
    />
  );
}

function BatchFacts({ batch }: { batch: Batch }) {
  const { t } = useTranslation('console');
  const at = useInstant();
  return (
    <Facts
      rows={[
        [t('books.batches.total'), formatYuan(batch.totalFen)],
        [t('books.batches.lines'), batch.lines],
        [t('books.batches.layout'), batch.layoutTitle],
        [t('books.batches.madeBy'), `${batch.madeBy} · ${at(batch.madeAt)}`],
        ...(batch.exportedAt
          ? [
              [
                t('books.batch.export'),
                t('books.batch.exportedAt', {
                  name: batch.exportedBy ?? '',
                  at: at(batch.exportedAt),
                }),
              ] as const,
            ]
          : []),
      ]}
    />
  );
}

/** Opens the account numbers and gives the file to the browser; once. */
function Export({ batch }: { batch: Batch }) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const send = useSend(routes.payout.exportBatch);
  const checks = useChecks();
  const filled = useFilled();
  function download() {
    if (!checks.pass({ reason: filled(reason, t('books.batch.reason')) })) return;
    send.run({ params: { batchId: batch.id }, body: { reason } }, (file) => {
      const bytes = Uint8Array.from(atob(file.base64), (character) => character.charCodeAt(0));
      const address = URL.createObjectURL(new Blob([bytes], { type: file.mediaType }));
      const link = document.createElement('a');
      link.href = address;
      link.download = file.fileName;
      link.click();
      URL.revokeObjectURL(address);
      say(t('books.batch.exported', { name: file.fileName }));
    });
  }
  return (
    <section className="panel">
      <h2>{t('books.batch.export')}</h2>
      <p className="soft">{t('books.batch.exportLead')}</p>
      <Form
        onSend={download}
        errors={checks.errors}
        call={send}
        send={t('books.batch.exportSend', {
          count: batch.lines,
          amount: formatYuan(batch.totalFen),
        })}
      >
        <TextField
          name="reason"
          label={t('books.batch.reason')}
          hint={t('books.batch.reasonHint')}
          value={reason}
          onChange={setReason}
        />
      </Form>
    </section>
  );
}

function Answer({ batch }: { batch: Batch }) {
  const { t } = useTranslation('console');
  const [answer, setAnswer] = useState<RouteOutput<typeof routes.payout.answerBatch> | null>(null);
  return (
    <section className="panel">
      <h2>{t('books.batch.answer')}</h2>
      <FileDrop
        label={t('books.batch.answer')}
        lead={t('books.batch.answerLead')}
        route={routes.payout.answerBatch}
        input={{ params: { batchId: batch.id } }}
        onRead={setAnswer}
      />
      {answer && (
        <>
          <Notice tone="done" title={t('books.batch.answered', { ...answer })} />
          <Problems problems={answer.problems} />
        </>
      )}
    </section>
  );
}

function VoidBatch({ batch }: { batch: Batch }) {
  const { t } = useTranslation('console');
  const [open, setOpen] = useState(false);
  const send = useSend(routes.payout.voidBatch);
  return (
    <section className="panel">
      <h2>{t('books.batch.void')}</h2>
      <p className="soft">{t('books.batch.voidLead')}</p>
      <Button kind="danger" onPress={() => setOpen(true)}>
        {t('books.batch.void')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('books.batch.void')}
          label={t('books.batch.voidReason')}
          send={t('books.batch.void')}
          kind="danger"
          call={send}
          onSend={(reason) =>
            send.run({ params: { batchId: batch.id }, body: { reason } }, () => {
              setOpen(false);
              say(t('books.batch.voided'));
            })
          }
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}

/** The sheet that goes with the file: how many, how much, and room for two hands. */
function Cover({ batch }: { batch: Batch }) {
  const { t } = useTranslation('console');
  const district = useDistrict();
  return (
    <PrintButton
      label={t('books.batch.cover')}
      sheet={
        <PrintSheet title={t('books.batch.coverTitle')} number={batch.number}>
          <Facts
            rows={[
              [t('books.batch.coverRows.payer'), district?.name ?? ''],
              [t('books.batch.coverRows.count'), batch.lines],
              [t('books.batch.coverRows.total'), formatYuan(batch.totalFen)],
              [t('books.batch.coverRows.made'), batch.madeBy],
              [t('books.batch.coverRows.check'), '　　　　　　'],
            ]}
          />
        </PrintSheet>
      }
    />
  );
}
