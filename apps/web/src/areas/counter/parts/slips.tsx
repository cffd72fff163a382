import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { PrintButton } from '../../../shared/print/print-sheet.tsx';
import { Button, Loaded, TextField } from '../../../shared/ui/index.ts';
import type { TillState } from '../till/store.ts';
import { SlipPaper } from './slip-paper.tsx';
import { timeWords } from './words.ts';

type Slip = RouteOutput<typeof routes.counter.slips>['items'][number];

/** The sales of this shift, each to print again; an older one by the number on it. */
export function Slips({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const [text, setText] = useState('');
  const [number, setNumber] = useState('');
  const tillId = till.snapshot!.data.till.id;
  const query = useRoute(routes.counter.slips, {
    params: { tillId },
    query: number ? { number } : {},
  });
  if (!till.online) return <p className="till-warning">{t('slips.offline')}</p>;
  return (
    <section className="till-left">
      <h2>{t('slips.title')}</h2>
      <form
        className="till-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          setNumber(text.trim());
        }}
      >
        <TextField
          name="number"
          label={t('slips.number')}
          hint={t('slips.hint')}
          value={text}
          onChange={setText}
          short
          optional
        />
        <Button type="submit">{t('slips.find')}</Button>
      </form>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t(number ? 'slips.notFound' : 'slips.none')}</p>
          ) : (
            <SlipTable items={items} />
          )
        }
      </Loaded>
    </section>
  );
}

function SlipTable({ items }: { items: readonly Slip[] }) {
  const { t } = useTranslation('counter');
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={t('slips.title')}>
      <table className="till-lines">
        <thead>
          <tr>
            <th scope="col">{t('slip.number')}</th>
            <th scope="col">{t('slips.goods')}</th>
            <th scope="col">{t('slip.paid')}</th>
            <th scope="col">{t('slips.print')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((slip) => (
            <tr key={slip.number}>
              <th scope="row">
                {slip.number}
                <br />
                <span className="soft">{timeWords(slip.at)}</span>
              </th>
              <td>{slip.lines.map((line) => line.title).join('、')}</td>
              <td>
                {formatYuan(slip.goodsFen)}
                {slip.refundedFen > 0 && (
                  <>
                    <br />
                    <span className="soft">
                      {t('slips.refunded', { amount: formatYuan(slip.refundedFen) })}
                    </span>
                  </>
                )}
              </td>
              <td>
                <PrintButton
                  label={`${t('slips.print')} ${slip.number}`}
                  sheet={<SlipSheet slip={slip} />}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The slip again, said to be a copy. */
function SlipSheet({ slip }: { slip: Slip }) {
  return (
    <SlipPaper
      isCopy
      placeName={slip.placeName}
      number={slip.number}
      at={slip.at}
      lines={slip.lines.map(({ title, quantity, unit, amountFen }) => ({
        words: `${title} ${quantity}${unit}`,
        amountFen,
      }))}
      paidFen={slip.goodsFen}
      backFen={slip.refundedFen}
      share={<p>{slip.shareWords}</p>}
    />
  );
}
