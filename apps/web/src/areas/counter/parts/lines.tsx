import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../shared/ui/index.ts';
import { type Good, type Line, lineFen } from '../till/basket.ts';

interface LinesProps {
  lines: readonly Line[];
  goods: readonly Good[];
  onChange: (lines: Line[]) => void;
}

/** The basket: quantities are typed (pieces, or grams from the scale), zero removes. */
export function Lines({ lines, goods, onChange }: LinesProps) {
  const { t } = useTranslation('counter');
  if (lines.length === 0)
    return (
      <EmptyState title={t('sell.empty')}>
        <p>{t('sell.emptyBody')}</p>
      </EmptyState>
    );
  const change = (index: number, quantity: number) =>
    onChange(
      lines
        .map((line, at) => (at === index ? { ...line, quantity } : line))
        .filter((line) => line.quantity > 0),
    );
  return (
    <div className="table-frame">
      <table className="till-lines">
        <thead>
          <tr>
            <th scope="col">{t('sell.good')}</th>
            <th scope="col">{t('sell.quantity')}</th>
            <th scope="col">{t('sell.price')}</th>
            <th scope="col">{t('sell.amount')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('pay.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => {
            const good = goods.find((one) => one.variantId === line.variantId);
            const name = good ? `${good.title} ${good.label}`.trim() : line.variantId;
            return (
              <tr key={`${line.variantId}:${line.discountFen}`}>
                <th scope="row">{name}</th>
                <td>
                  <input
                    className="input till-quantity"
                    aria-label={`${t('sell.quantity')} ${name}`}
                    inputMode="numeric"
                    value={line.quantity}
                    onChange={(event) =>
                      change(
                        index,
                        Math.min(1_000_000, Number(event.target.value.replace(/\D/g, '')) || 0),
                      )
                    }
                  />{' '}
                  {good?.unit}
                </td>
                <td>
                  {formatYuan(line.priceFen)}
                  {good && good.perQuantity > 1 && (
                    <small> {t('sell.per', { count: good.perQuantity, unit: good.unit })}</small>
                  )}
                </td>
                <td className="till-line-amount">{formatYuan(lineFen(line, good))}</td>
                <td>
                  <button
                    type="button"
                    className="button button-quiet"
                    aria-label={t('sell.remove', { name })}
                    onClick={() => change(index, 0)}
                  >
                    ×
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
