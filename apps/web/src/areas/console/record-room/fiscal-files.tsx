import { type RouteOutput, routes } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal, type ApiRefusal } from '../../../shared/api/refusal.ts';
import { uploadFile } from '../../../shared/api/upload.ts';
import { Notice, RefusalNotice } from '../../../shared/ui/index.ts';

type Imported = RouteOutput<typeof routes.receipt.importFiscal>;

const FAULTS_SHOWN = 30;

/** Takes the sheet that came back; what is wrong is named by its cell, what is right is taken. */
export function FiscalImport() {
  const { t } = useTranslation('console');
  const client = useQueryClient();
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ApiRefusal | null>(null);
  const [report, setReport] = useState<Imported | null>(null);
  async function take(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file || busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      setReport(await uploadFile({ route: routes.receipt.importFiscal, file, name: file.name }));
      await client.invalidateQueries();
    } catch (thrown) {
      setReport(null);
      setRefusal(asRefusal(thrown));
    }
    setBusy(false);
  }
  return (
    <div className="field">
      <label htmlFor={id}>{t('fiscal.import')}</label>
      <span className="field-hint">{t('fiscal.importHint')}</span>
      <input
        id={id}
        type="file"
        accept=".xlsx,.csv"
        onChange={(event) => void take(event)}
        aria-busy={busy}
      />
      <div role="status">
        {busy && <p>{t('fiscal.importing')}</p>}
        {refusal && <RefusalNotice refusal={refusal} />}
        {report && <Report report={report} />}
      </div>
    </div>
  );
}

function Report({ report }: { report: Imported }) {
  const { t } = useTranslation('console');
  const { issued, already, faults } = report;
  return (
    <Notice
      tone={faults.length > 0 ? 'warned' : 'done'}
      title={t('fiscal.imported', { issued, already, faults: faults.length })}
    >
      <ul>
        {faults.slice(0, FAULTS_SHOWN).map((one) => (
          <li key={`${one.cell}${one.fault}`}>
            <span className="number">{one.cell}</span> {t(`fiscal.faults.${one.fault}`)}{' '}
            <span className="soft">{one.value}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Adds the fiscal receipt's own file beside its gift. */
export function FiscalFile({ giftId, number }: { giftId: string; number: string }) {
  const { t } = useTranslation('console');
  const client = useQueryClient();
  const id = useId();
  const [refusal, setRefusal] = useState<ApiRefusal | null>(null);
  async function take(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (!file) return;
    setRefusal(null);
    try {
      const route = routes.receipt.addFiscalFile;
      await uploadFile({ route, input: { params: { giftId } }, file, name: file.name });
      await client.invalidateQueries();
    } catch (thrown) {
      setRefusal(asRefusal(thrown));
    }
  }
  return (
    <>
      <label htmlFor={id} className="visually-hidden">
        {t('fiscal.addFile', { number })}
      </label>
      <input
        id={id}
        type="file"
        accept=".pdf,.ofd,image/*"
        onChange={(event) => void take(event)}
      />
      {refusal && <RefusalNotice refusal={refusal} />}
    </>
  );
}
