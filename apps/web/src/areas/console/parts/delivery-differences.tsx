import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { Listed, Button } from '../../../shared/ui/index.ts';

type Delivery = RouteOutput<typeof routes.roster.delivery>;
type Kind = 'new' | 'gone' | 'changed';

/** What the file would change: rows that are new, gone or changed, names masked. */
export function DeliveryDifferences({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('console');
  const counts: Record<Kind, number> = {
    new: delivery.newCount,
    gone: delivery.goneCount,
    changed: delivery.changedCount,
  };
  const kinds: Kind[] = ['new', 'gone', 'changed'];
  const [kind, setKind] = useState<Kind>(counts.changed > 0 ? 'changed' : 'new');
  return (
    <section className="panel">
      <h2>{t('delivery.changes')}</h2>
      <div className="difference-kinds">
        {kinds.map((one) => (
          <Button key={one} pressed={kind === one} onPress={() => setKind(one)}>
            {t(`delivery.kinds.${one}`)} {counts[one]}
          </Button>
        ))}
      </div>
      <Rows key={kind} delivery={delivery} kind={kind} />
    </section>
  );
}

function Rows({ delivery, kind }: { delivery: Delivery; kind: Kind }) {
  const { t } = useTranslation('console');
  const rows = usePages(routes.roster.differences, {
    params: { deliveryId: delivery.id },
    query: { kind, limit: 20 },
  });
  return (
    <Listed list={rows} lines={4} empty={<p className="soft">{t('delivery.noChanges')}</p>}>
      {(items) => (
        <ul className="differences">
          {items.map((row) => (
            <li key={row.id}>
              <span className="soft">{t('delivery.line', { line: row.line })}</span>
              <strong>{row.maskedName}</strong>
              {row.cells.map((cell) => (
                <span key={cell.header}>
                  {t('delivery.cellChanged', {
                    header: cell.header,
                    before: cell.before || t('delivery.blank'),
                    after: cell.after || t('delivery.blank'),
                  })}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Listed>
  );
}
