import { formatYuan } from '@wennuan/basics';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useElder } from '../preferences.ts';
import { type FlowRibbon, type FlowStation, placeFlow, wrapLabel } from './flow-layout.ts';

interface FlowPictureProps {
  /** What the picture shows, in one sentence. */
  label: string;
  stations: readonly FlowStation[];
  flows: readonly FlowRibbon[];
}

/**
 * The way of money as a picture: on wide screens from left to right, on a telephone from top to bottom
 * with every station on a line of its own; and the same as a table.
 */
export function FlowPicture({ label, stations, flows }: FlowPictureProps) {
  return (
    <figure className="flow">
      <WidePicture label={label} stations={stations} flows={flows} />
      <TallPicture label={label} stations={stations} flows={flows} />
      <FlowTable stations={stations} flows={flows} />
    </figure>
  );
}

/** A column holds its bar and a label of two lines beside it. */
const WIDE = { column: 178, lastLabel: 186, thickness: 14, gap: 52, top: 30, labelWidth: 20 };

function WidePicture({ label, stations, flows }: FlowPictureProps) {
  const perHop = new Map<number, number>();
  for (const { hop } of stations) perHop.set(hop, (perHop.get(hop) ?? 0) + 1);
  const breadth = Math.max(120, Math.max(0, ...perHop.values()) * 84);
  const { thickness, gap, top } = WIDE;
  const reach = Math.max(1, perHop.size - 1) * WIDE.column;
  const drawn = placeFlow(stations, flows, { length: reach, breadth, gap, thickness });
  const at = new Map(drawn.stations.map((placed) => [placed.station.key, placed]));
  return (
    <svg
      className="flow-wide"
      viewBox={`0 0 ${reach + WIDE.lastLabel} ${breadth + top * 2}`}
      role="img"
      aria-label={label}
    >
      <g transform={`translate(0 ${top})`}>
        {drawn.ribbons.map((ribbon) => {
          const x0 = (at.get(ribbon.fromKey)?.along ?? 0) + thickness;
          const x1 = at.get(ribbon.toKey)?.along ?? 0;
          const middle = (x0 + x1) / 2;
          return (
            <path
              key={ribbon.key}
              className="flow-ribbon"
              strokeWidth={ribbon.width}
              d={`M${x0} ${ribbon.acrossFrom}C${middle} ${ribbon.acrossFrom} ${middle} ${ribbon.acrossTo} ${x1} ${ribbon.acrossTo}`}
            />
          );
        })}
        {drawn.stations.map(({ station, along, across0, across1 }) => (
          <g key={station.key} transform={`translate(${along} ${across0})`}>
            <rect className="flow-bar" width={thickness} height={Math.max(3, across1 - across0)} />
            <WideLabel station={station} x={thickness + 8} y={(across1 - across0) / 2} />
          </g>
        ))}
      </g>
    </svg>
  );
}

function WideLabel({ station, x, y }: { station: FlowStation; x: number; y: number }) {
  const lines = wrapLabel(station.label, WIDE.labelWidth);
  return (
    <text className="flow-label" x={x} y={y - lines.length * 9 + 4}>
      {lines.map((line, place) => (
        <tspan key={line} x={x} dy={place === 0 ? 0 : '1.2em'}>
          {line}
        </tspan>
      ))}
      <tspan className="flow-amount" x={x} dy="1.3em">
        {formatYuan(station.amountFen)}
      </tspan>
    </text>
  );
}

const TALL = { length: 360, breadth: 96 };

function TallPicture({ label, stations, flows }: FlowPictureProps) {
  const { elder } = useElder();
  const row = elder ? 112 : 84;
  const drawn = placeFlow(stations, flows, {
    length: 300,
    breadth: TALL.breadth,
    gap: 10,
    thickness: 8,
  });
  const order = drawn.stations.toSorted(
    (left, right) => left.station.hop - right.station.hop || left.across0 - right.across0,
  );
  const rowOf = new Map(order.map((placed, place) => [placed.station.key, place * row + 16]));
  return (
    <svg
      className="flow-tall"
      data-elder={elder}
      viewBox={`0 0 ${TALL.length} ${Math.max(row, order.length * row)}`}
      role="img"
      aria-label={label}
    >
      {drawn.ribbons.map((ribbon) => {
        const y0 = (rowOf.get(ribbon.fromKey) ?? 0) + 8;
        const y1 = rowOf.get(ribbon.toKey) ?? 0;
        const middle = (y0 + y1) / 2;
        return (
          <path
            key={ribbon.key}
            className="flow-ribbon"
            strokeWidth={ribbon.width}
            d={`M${ribbon.acrossFrom} ${y0}C${ribbon.acrossFrom} ${middle} ${ribbon.acrossTo} ${middle} ${ribbon.acrossTo} ${y1}`}
          />
        );
      })}
      {order.map(({ station, across0, across1 }) => (
        <g key={station.key} transform={`translate(0 ${rowOf.get(station.key)})`}>
          <line className="flow-guide" x1={across1} x2={TALL.breadth + 14} y1={4} y2={4} />
          <rect
            className="flow-bar"
            x={across0}
            width={Math.max(3, across1 - across0)}
            height={8}
          />
          <text className="flow-label" x={TALL.breadth + 20} y={9}>
            {wrapLabel(station.label, elder ? 21 : 28).map((line, place) => (
              <tspan key={line} x={TALL.breadth + 20} dy={place === 0 ? 0 : '1.25em'}>
                {line}
              </tspan>
            ))}
            <tspan className="flow-amount" x={TALL.breadth + 20} dy="1.3em">
              {formatYuan(station.amountFen)}
            </tspan>
          </text>
        </g>
      ))}
    </svg>
  );
}

function FlowTable({ stations, flows }: Omit<FlowPictureProps, 'label'>) {
  const { t } = useTranslation();
  const byKey = new Map(stations.map((station) => [station.key, station]));
  const name = (key: string) => {
    const station = byKey.get(key);
    if (!station) return key;
    const words = [station.label, station.sublabel].filter(Boolean).join(' · ');
    return station.link ? <Link to={station.link}>{words}</Link> : words;
  };
  return (
    <details>
      <summary>{t('chart.asTable')}</summary>
      <table className="table-plain">
        <thead>
          <tr>
            <th scope="col">{t('chart.from')}</th>
            <th scope="col">{t('chart.to')}</th>
            <th scope="col" data-numeric>
              {t('chart.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow, place) => (
            <tr key={`${place}:${flow.from}`}>
              <td>{name(flow.from)}</td>
              <td>{name(flow.to)}</td>
              <td data-numeric>{formatYuan(flow.amountFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
