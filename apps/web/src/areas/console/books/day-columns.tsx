import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';

interface Day {
  day: string;
  inFen: number;
  outFen: number;
}

const WIDTH = 20;
const HEIGHT = 60;

/** What came in (up) and went out (down), day by day; the same as a table for who cannot see it. */
export function DayColumns({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation('console');
  const most = Math.max(1, ...days.map((day) => Math.max(day.inFen, day.outFen)));
  const height = (fen: number) => (fen / most) * HEIGHT;
  return (
    <figure className="day-columns">
      <svg
        viewBox={`0 0 ${Math.max(1, days.length) * WIDTH} ${HEIGHT * 2 + 14}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {days.map((day, place) => (
          <g key={day.day}>
            <rect
              className="bar-value"
              x={place * WIDTH + 3}
              y={HEIGHT - height(day.inFen)}
              width={WIDTH - 6}
              height={height(day.inFen)}
            />
            <rect
              className="bar-value"
              data-tone="calm"
              x={place * WIDTH + 3}
              y={HEIGHT + 14}
              width={WIDTH - 6}
              height={height(day.outFen)}
            />
          </g>
        ))}
      </svg>
      <p className="day-columns-days soft small" aria-hidden="true">
        <span>{days[0]?.day.slice(5)}</span>
        <span>
          <i className="part-key" data-shade="in" /> {t('books.month.byDayIn')}{' '}
          <i className="part-key" data-shade="out" /> {t('books.month.byDayOut')}
        </span>
        <span>{days.at(-1)?.day.slice(5)}</span>
      </p>
      <table className="visually-hidden">
        <caption>{t('books.month.byDay')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('books.month.day')}</th>
            <th scope="col">{t('books.month.byDayIn')}</th>
            <th scope="col">{t('books.month.byDayOut')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              <td>{formatYuan(day.inFen)}</td>
              <td>{formatYuan(day.outFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
