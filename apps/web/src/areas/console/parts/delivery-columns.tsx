import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { RefusalNotice, say, Select, State } from '../../../shared/ui/index.ts';
import { useSend } from './send.ts';

type Delivery = RouteOutput<typeof routes.roster.delivery>;
type Sheet = Delivery['sheets'][number];

/** Sheets with what each column was understood to hold; a person may say otherwise, once and for all. */
export function DeliveryColumns({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('console');
  const read = delivery.sheets.filter(({ isRoster }) => isRoster);
  const left = delivery.sheets.filter(({ isRoster }) => !isRoster);
  return (
    <section className="panel">
      <h2>{t('delivery.understood')}</h2>
      {read.map((sheet) => (
        <SheetColumns key={sheet.name} sheet={sheet} delivery={delivery} />
      ))}
      {left.length > 0 && (
        <p className="soft">
          {t('delivery.skipped', { names: left.map(({ name }) => name).join('、') })}
        </p>
      )}
    </section>
  );
}

function SheetColumns({ sheet, delivery }: { sheet: Sheet; delivery: Delivery }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const choose = useSend(routes.roster.chooseColumn);
  const mayChoose = holds(session, 'roster.write') && delivery.state !== 'discarded';
  return (
    <div className="sheet-columns">
      <h3>{t('delivery.sheet', { name: sheet.name, rows: sheet.rowCount })}</h3>
      {sheet.place !== null && (
        <p className="soft">{t('delivery.place', { place: sheet.place })}</p>
      )}
      {choose.refusal && <RefusalNotice refusal={choose.refusal} />}
      <ul className="column-list">
        {sheet.columns.map((column) => (
          <li key={column.index} className="column-line">
            <strong>{column.header}</strong>
            {mayChoose ? (
              <Select
                name={`column-${sheet.name}-${column.index}`}
                label={`${column.header} · ${t('delivery.field')}`}
                hideLabel
                value={column.label === null ? 'text' : column.field}
                onChange={(field) =>
                  choose.run(
                    { params: { deliveryId: delivery.id }, body: { header: column.header, field } },
                    () => say(t('delivery.saved')),
                  )
                }
                options={optionsFor(delivery, column)}
              />
            ) : (
              <span>{column.label ?? '—'}</span>
            )}
            {column.isChosen ? (
              <State tone="done">{t('delivery.chosen')}</State>
            ) : (
              <span>{column.label !== null && <Sureness share={column.confidence} />}</span>
            )}
            <span className="soft small column-samples">
              {column.samples.length > 0 &&
                t('delivery.samples', { samples: column.samples.join(' / ') })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The fields one may choose, and the present one if it is none of them. */
function optionsFor({ choices }: Delivery, column: Sheet['columns'][number]) {
  const options = choices.map((one) => ({ value: one.field, label: one.label }));
  const isKnown = column.label === null || choices.some(({ field }) => field === column.field);
  return isKnown ? options : [{ value: column.field, label: column.label! }, ...options];
}

function Sureness({ share }: { share: number }) {
  const { t } = useTranslation('console');
  return (
    <span className="soft small">
      {t('delivery.sure')} {Math.round(share * 100)}%
    </span>
  );
}
