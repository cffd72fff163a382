import { type RouteOutput, routes } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { type ApiRefusal, asRefusal } from '../../../shared/api/refusal.ts';
import { uploadFile } from '../../../shared/api/upload.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  EmptyState,
  Form,
  Loaded,
  monthWords,
  Notice,
  Page,
  Select,
  TextField,
} from '../../../shared/ui/index.ts';
import { useChecks } from '../parts/checks.ts';
import { dateColumn, wordColumn } from '../parts/columns.tsx';
import { today } from '../parts/instants.ts';
import { WholeTable } from '../parts/list-table.tsx';

type ImportRow = RouteOutput<typeof routes.award.imports>['items'][number];
type Outcome = RouteOutput<typeof routes.award.importPaid>;

/** A department's payment list: read once, lines that fit nobody shown by their number. */
export function AidImportsPage() {
  const { t } = useTranslation('console');
  const query = useRoute(routes.award.imports);
  const columns = useImportColumns();
  return (
    <Page title={t('aid.imports.title')} lead={t('aid.imports.lead')} width="wide">
      <ImportForm />
      <section className="panel">
        <h2>{t('aid.imports.list')}</h2>
        <Loaded query={query}>
          {({ items }) => (
            <WholeTable
              label={t('aid.imports.list')}
              rows={items}
              rowKey={(row) => row.id}
              columns={columns}
              empty={
                <EmptyState title={t('aid.imports.emptyTitle')}>
                  <p>{t('aid.imports.emptyBody')}</p>
                </EmptyState>
              }
            />
          )}
        </Loaded>
      </section>
    </Page>
  );
}

function useImportColumns(): Column<ImportRow>[] {
  const { t, i18n } = useTranslation('console');
  return [
    wordColumn('fileName', t('aid.imports.list'), (row) => row.fileName),
    wordColumn('code', t('aid.imports.programme'), (row) => row.programmeCode),
    wordColumn('month', t('aid.imports.month'), (row) => monthWords(row.month, i18n.language)),
    wordColumn('lines', t('aid.imports.lines'), (row) => String(row.lines)),
    wordColumn('matched', t('aid.imports.matched'), (row) => String(row.matched)),
    wordColumn('gaps', t('aid.imports.gaps'), (row) => String(row.unmatched.length)),
    dateColumn('at', t('aid.imports.at'), (row) => row.at),
  ];
}

function ImportForm() {
  const { t } = useTranslation('console');
  const programmes = useRoute(routes.award.programmes);
  const [code, setCode] = useState('');
  const [month, setMonth] = useState(today().slice(0, 7));
  const [file, setFile] = useState<File | null>(null);
  const { send, share, refusal, outcome } = useImport();
  const checks = useChecks();
  const submit = () => {
    const fine = checks.pass({
      programmeCode: code === '' && t('aid.imports.needProgramme'),
      file: file === null && t('aid.imports.needFile'),
    });
    if (fine && file) void send({ code, month, file });
  };
  const options = (programmes.data?.items ?? [])
    .filter(({ programme }) => programme.source !== 'charity')
    .map(({ programme }) => ({ value: programme.code, label: programme.name }));
  return (
    <section className="panel">
      <Form
        onSend={submit}
        errors={checks.errors}
        call={{ refusal, busy: share !== null }}
        send={
          share === null
            ? t('aid.imports.send')
            : t('aid.imports.sending', { share: Math.round(share * 100) })
        }
      >
        <div className="field-row">
          <Select
            name="programmeCode"
            label={t('aid.imports.programme')}
            placeholder="—"
            value={code}
            onChange={setCode}
            options={options}
          />
          <TextField
            name="month"
            short
            label={t('aid.imports.month')}
            value={month}
            onChange={setMonth}
          />
        </div>
        <div className="field" data-wrong={checks.errors['file'] ? true : undefined}>
          <label htmlFor="aid-import-file">{t('aid.imports.file')}</label>
          {checks.errors['file'] && <span className="field-error">{checks.errors['file']}</span>}
          <input
            id="aid-import-file"
            type="file"
            accept=".xlsx,.csv,.txt"
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        </div>
      </Form>
      {outcome && <Result outcome={outcome} />}
    </section>
  );
}

function useImport() {
  const client = useQueryClient();
  const [share, setShare] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<ApiRefusal | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  async function send(given: { code: string; month: string; file: File }) {
    setShare(0);
    setRefusal(null);
    try {
      const input = { query: { programmeCode: given.code, month: given.month } };
      const { file } = given;
      setOutcome(
        await uploadFile({
          route: routes.award.importPaid,
          input,
          file,
          name: file.name,
          onProgress: setShare,
        }),
      );
      await client.invalidateQueries();
    } catch (thrown) {
      setRefusal(asRefusal(thrown));
    }
    setShare(null);
  }
  return { send, share, refusal, outcome };
}

function Result({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('console');
  const title = outcome.again
    ? t('aid.imports.again')
    : t('aid.imports.result', { lines: outcome.lines, matched: outcome.matched });
  return (
    <div role="status">
      <Notice tone={outcome.unmatched.length > 0 ? 'warned' : 'done'} title={title}>
        <ul>
          {outcome.unmatched.map(({ line, why }) => (
            <li key={line}>
              {t('aid.imports.gap', { line, why: t(`aid.imports.why.${why as 'nobody'}`) })}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
