import { routes } from '@wennuan/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routeQuery, useApi } from '../../../shared/api/query.ts';
import { ButtonLink, Loaded, Page } from '../../../shared/ui/index.ts';

const FRESH_MILLIS = 5_000;

/** Whom one can be in the demo, with the codes of this moment. */
export function CodesPage() {
  const { t } = useTranslation('sandbox');
  const shared = useTranslation().t;
  const query = useQuery({
    ...routeQuery(useApi(), routes.session.sandboxCodes),
    refetchInterval: FRESH_MILLIS,
  });
  return (
    <Page title={t('codes.title')} lead={<p>{t('codes.lead')}</p>} width="wide">
      <p className="row">
        <ButtonLink to="/desk/sign-in">{t('codes.toStaff')}</ButtonLink>
        <ButtonLink to="/my/sign-in">{t('codes.toResident')}</ButtonLink>
      </p>
      <Loaded query={query}>
        {({ items, residents }) => (
          <>
            <PlainTable
              label={t('codes.staff')}
              headings={[
                t('codes.name'),
                t('codes.role'),
                t('codes.area'),
                t('codes.password'),
                t('codes.code'),
              ]}
              rows={items.map((item) => [
                item.name,
                shared(`role.${item.role}`),
                item.areaName ?? '',
                item.password,
                item.code,
              ])}
            />
            <PlainTable
              label={t('codes.residents')}
              headings={[t('codes.telephone'), t('codes.name'), t('codes.note')]}
              rows={residents.map((one) => [one.telephone, one.displayName, one.note])}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface PlainTableProps {
  label: string;
  headings: readonly string[];
  rows: readonly (readonly string[])[];
}

function PlainTable({ label, headings, rows }: PlainTableProps) {
  return (
    <section className="stack-tight">
      <h2>{label}</h2>
      <div className="table-frame" role="region" aria-label={label} tabIndex={0}>
        <table className="table table-unbroken table-stacks">
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row[0]}>
                {row.map((cell, place) => (
                  <td key={headings[place]} data-label={place > 0 ? headings[place] : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
