import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useRoute } from '../../../shared/api/query.ts';
import { ButtonAnchor, Select } from '../../../shared/ui/index.ts';

/** Entries of a month as files: for an accounting program, and as people read them. */
export function Vouchers({ month }: { month: string }) {
  const { t } = useTranslation('console');
  const layouts = useRoute(routes.book.voucherLayouts);
  const [layout, setLayout] = useState('');
  const options = (layouts.data?.items ?? []).map(({ code, title }) => ({
    value: code,
    label: title,
  }));
  const picked = layout || options[0]?.value || 'general_xlsx';
  return (
    <section className="panel" aria-label={t('books.month.vouchers')}>
      <h2>{t('books.month.vouchers')}</h2>
      <Select
        name="layout"
        label={t('books.month.layout')}
        value={picked}
        onChange={setLayout}
        options={options}
      />
      <div className="form-actions">
        <ButtonAnchor
          kind="primary"
          href={addressOf(routes.book.vouchers, { query: { month, layout: picked } })}
        >
          {t('books.month.download')}
        </ButtonAnchor>
        <ButtonAnchor href={addressOf(routes.book.entriesSheet, { query: { month } })}>
          {t('books.month.entries')}
        </ButtonAnchor>
      </div>
    </section>
  );
}
