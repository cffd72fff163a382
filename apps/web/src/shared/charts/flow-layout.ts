import { sankey, sankeyJustify, type SankeyGraph } from 'd3-sankey';

export interface FlowStation {
  key: string;
  hop: number;
  label: string;
  sublabel: string | null;
  amountFen: number;
  link: string | null;
}
export interface FlowRibbon {
  from: string;
  to: string;
  amountFen: number;
}

interface NodeData {
  key: string;
  station: FlowStation;
}
type Graph = SankeyGraph<NodeData, { amountFen: number }>;

/** A station's place: `a` runs along the way of the money, `b` across it; `size` is its share of the width. */
export interface PlacedStation {
  station: FlowStation;
  along: number;
  across0: number;
  across1: number;
}
export interface PlacedRibbon {
  key: string;
  fromKey: string;
  toKey: string;
  /** Middle of the ribbon at its two ends, across the way of the money. */
  acrossFrom: number;
  acrossTo: number;
  width: number;
}

interface Box {
  length: number;
  breadth: number;
  gap: number;
  thickness: number;
}

/** Flows between the same two stations are one ribbon; those that touch an unknown station are left to the table. */
function joined(stations: readonly FlowStation[], ribbons: readonly FlowRibbon[]): FlowRibbon[] {
  const known = new Map(stations.map((station) => [station.key, station.hop]));
  const sums = new Map<string, FlowRibbon>();
  for (const ribbon of ribbons) {
    const from = known.get(ribbon.from);
    const to = known.get(ribbon.to);
    if (from === undefined || to === undefined || from >= to || ribbon.amountFen <= 0) continue;
    const key = `${ribbon.from}→${ribbon.to}`;
    const sum = sums.get(key);
    sums.set(key, { ...ribbon, amountFen: ribbon.amountFen + (sum?.amountFen ?? 0) });
  }
  return [...sums.values()];
}

/** Places stations and ribbons so that widths are in proportion to the money. Pure; knows nothing of SVG. */
export function placeFlow(
  stations: readonly FlowStation[],
  ribbons: readonly FlowRibbon[],
  box: Box,
): { stations: PlacedStation[]; ribbons: PlacedRibbon[] } {
  const links = joined(stations, ribbons).map(({ from, to, amountFen }) => ({
    source: from,
    target: to,
    value: amountFen,
    amountFen,
  }));
  const touched = new Set(links.flatMap((link) => [link.source, link.target]));
  const nodes = stations
    .filter((station) => touched.has(station.key))
    .map((station) => ({ key: station.key, station }));
  if (links.length === 0) return { stations: [], ribbons: [] };
  const layout = sankey<NodeData, { amountFen: number }>()
    .nodeId((node) => node.key)
    .nodeAlign(sankeyJustify)
    .nodeWidth(box.thickness)
    .nodePadding(box.gap)
    .extent([
      [0, 0],
      [box.length, box.breadth],
    ]);
  const graph: Graph = layout({ nodes, links });
  const keyOf = (end: unknown) => (end as NodeData).key;
  return {
    stations: graph.nodes.map((node) => ({
      station: node.station,
      along: node.x0 ?? 0,
      across0: node.y0 ?? 0,
      across1: node.y1 ?? 0,
    })),
    ribbons: graph.links.map((link) => ({
      key: `${keyOf(link.source)}→${keyOf(link.target)}`,
      fromKey: keyOf(link.source),
      toKey: keyOf(link.target),
      acrossFrom: link.y0 ?? 0,
      acrossTo: link.y1 ?? 0,
      width: Math.max(1.5, link.width ?? 0),
    })),
  };
}

/** Breaks a label into at most two lines of so many characters; Chinese counts double. */
export function wrapLabel(text: string, most: number): string[] {
  const lines: string[] = [''];
  let width = 0;
  for (const sign of text) {
    const wide = sign.charCodeAt(0) > 0x2e80 ? 2 : 1;
    if (width + wide > most) {
      if (lines.length === 2) {
        lines[1] = `${lines[1]!.slice(0, -1)}…`;
        break;
      }
      lines.push('');
      width = 0;
    }
    lines[lines.length - 1] += sign;
    width += wide;
  }
  return lines.filter((line) => line.trim() !== '');
}
