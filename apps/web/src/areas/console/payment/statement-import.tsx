import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, DateText, Facts, Money, Notice, RefusalNotice } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';
import { type Statement, StatementDrop, type StatementProblem } from './statement-drop.tsx';

type Report = RouteOutput<typeof routes.payment.importStatements>;

const PROBLEMS_SHOWN = 20;

/** From a file to gifts: drop, look at what it says, import. Nothing is imported while a line is unclear. */
export function StatementImport({ waiting }: { waiting: readonly Statement[] }) {
  const { t } = useTranslation('console');
  const [problems, setProblems] = useState<StatementProblem[]>([]);
  const [report, setReport] = useState<Report | null>(null);
  const bring = useSend(routes.payment.importStatements);
  const drop = useSend(routes.payment.dropStatement);
  return (
    <section className="panel" aria-label={t('reconciliation.import')}>
      <h2>{t('reconciliation.import')}</h2>
      <StatementDrop
        onRead={(found) => {
          setProblems(found);
          setReport(null);
        }}
      />
      {problems.length > 0 && (
        <Notice tone="late" title={t('reconciliation.problems', { count: problems.length })}>
          <Remarks remarks={problems} />
        </Notice>
      )}
      {waiting.length > 0 && (
        <>
          <h3>{t('reconciliation.preview')}</h3>
          <ul className="tasks">
            {waiting.map((statement) => (
              <Preview
                key={statement.id}
                statement={statement}
                onDrop={() => drop.run({ params: { statementId: statement.id } })}
              />
            ))}
          </ul>
          {bring.refusal && <RefusalNotice refusal={bring.refusal} />}
          <div className="form-actions">
            <Button
              kind="primary"
              busy={bring.busy}
              onPress={() =>
                bring.run({ body: { statementIds: waiting.map((one) => one.id) } }, setReport)
              }
            >
              {bring.busy ? t('reconciliation.importing') : t('reconciliation.importAll')}
            </Button>
          </div>
        </>
      )}
      {report && <ImportReport report={report} />}
    </section>
  );
}

function Preview({ statement, onDrop }: { statement: Statement; onDrop: () => void }) {
  const { t } = useTranslation('console');
  return (
    <li className="card-row">
      <span className="row-between">
        <strong>
          {statement.name} · {t(`codes.statement.${statement.kind}`)}
        </strong>
        <Button kind="quiet" onPress={onDrop}>
          {t('reconciliation.putAside')}
        </Button>
      </span>
      <Facts
        rows={[
          [
            t('reconciliation.days'),
            <span key="days">
              <DateText at={statement.fromOn} /> – <DateText at={statement.untilOn} />
            </span>,
          ],
          [
            t('reconciliation.gifts'),
            <Counted key="gifts" count={statement.gifts} fen={statement.giftsFen} />,
          ],
          [
            t('reconciliation.refunds'),
            <Counted key="refunds" count={statement.refunds} fen={statement.refundsFen} />,
          ],
          [t('reconciliation.fees'), <Money key="fees" fen={statement.feesFen} />],
          [t('reconciliation.matched'), <Money key="matched" fen={statement.matchedFen} />],
          [t('reconciliation.doubled'), statement.duplicateRows],
        ]}
      />
      {statement.notes.length > 0 && <Remarks remarks={statement.notes} />}
    </li>
  );
}

function Counted({ count, fen }: { count: number; fen: number }) {
  const { t } = useTranslation('console');
  return (
    <>
      {t('reconciliation.count', { count })} <Money fen={fen} />
    </>
  );
}

/** What was found in lines, each with its file and line. */
function Remarks({ remarks }: { remarks: readonly StatementProblem[] }) {
  const { t } = useTranslation('console');
  const more = remarks.length - PROBLEMS_SHOWN;
  return (
    <ul>
      {remarks.slice(0, PROBLEMS_SHOWN).map((remark, place) => (
        <li key={place}>
          {remark.line === null
            ? remark.fileName
            : t('reconciliation.line', { file: remark.fileName, line: remark.line })}
          ：{remark.message}
        </li>
      ))}
      {more > 0 && <li>{t('reconciliation.moreRemarks', { count: more })}</li>}
    </ul>
  );
}

function ImportReport({ report }: { report: Report }) {
  const { t } = useTranslation('console');
  const { sums } = report;
  const isNew = report.newGifts + report.newRefunds > 0;
  return (
    <div role="status">
      <Notice
        tone={report.differences > 0 ? 'warned' : 'done'}
        title={
          isNew
            ? t('reconciliation.imported', { gifts: report.newGifts, refunds: report.newRefunds })
            : t('reconciliation.nothingNew')
        }
      >
        <p>
          {t('reconciliation.kept')} <Money fen={sums.keptFen} />
          {report.held.gifts > 0 && (
            <> · {t('reconciliation.heldNow', { count: report.held.gifts })}</>
          )}
          {report.differences > 0 && (
            <> · {t('reconciliation.differ', { count: report.differences })}</>
          )}
        </p>
        {report.notes.length > 0 && <Remarks remarks={report.notes} />}
      </Notice>
    </div>
  );
}
