import { useMemo } from 'react';
import { formatYuan } from '@wennuan/basics';
import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import type { Catalogue, Definition, VersionView } from './definition.ts';
import { type Leaf, type Path, type Threshold, thresholdsOf } from './tree.ts';

/** A number of a definition that can be moved. */
export interface Slider {
  path: Path;
  value: number;
  label: string;
  isMoney: boolean;
  kind: 'age' | 'money' | 'count' | 'percent';
  /** A value of it as people read it. */
  words: (value: number) => string;
}

/** Every number that draws a line in a version: of its conditions, then of its benefit. */
export function useSliders(version: VersionView, catalogue: Catalogue): Slider[] {
  const { t, i18n } = useTranslation('console');
  const both = useBoth();
  return useMemo(() => {
    const definition = version.definition as unknown as Definition;
    const kindOf = (leaf: Leaf | null): Slider['kind'] => {
      if (leaf === null) return 'count';
      if ('household' in leaf) return leaf.household === 'total' ? 'money' : 'count';
      const type = catalogue.fields.find(({ code }) => code === leaf.field)?.type;
      return type === 'money' ? 'money' : type === 'age' ? 'age' : 'count';
    };
    const nameOf = (leaf: Leaf | null): string => {
      if (leaf === null) return t('program.whatIf.atLeast');
      if (!('field' in leaf)) return t('program.leaf.household:members');
      const field = catalogue.fields.find(({ code }) => code === leaf.field);
      return field ? both(field) : leaf.field;
    };
    const ofLeaf = ({ path, value, leaf }: Threshold): Slider => {
      const kind = kindOf(leaf);
      const words = wordsOf(kind, t);
      const operator = leaf ? t(`program.operators.${leaf.operator as 'is'}`) : '';
      const label = [nameOf(leaf), operator, words(value)].filter(Boolean).join(' ');
      return { path, value, label, isMoney: kind === 'money', kind, words };
    };
    const lines = thresholdsOf(definition.criteria, ['criteria']).map(ofLeaf);
    return [...lines, ...amountsOf(definition, t)].map((one, at, all) =>
      all.findIndex(({ label }) => label === one.label) === at
        ? one
        : { ...one, label: `${one.label} (${at + 1})` },
    );
    // The words of the page's language are part of what is made.
  }, [version, catalogue, t, both, i18n.language]);
}

type Translate = ReturnType<typeof useTranslation<'console'>>['t'];

function wordsOf(kind: Slider['kind'], t: Translate): Slider['words'] {
  return (value) => {
    if (kind === 'money') return formatYuan(value);
    if (kind === 'age') return t('program.whatIf.years', { count: value });
    return kind === 'percent' ? `${value} %` : String(value);
  };
}

function amountsOf({ benefit }: Definition, t: Translate): Slider[] {
  const { formula } = benefit;
  const unit = benefit.unit === 'fen' ? ('money' as const) : ('count' as const);
  const kinds = {
    amount: unit,
    lineFen: 'money',
    mostFen: 'money',
    percent: 'percent',
    times: 'count',
  } as const;
  const labels = {
    amount: 'program.formula.amount',
    lineFen: 'program.formula.line',
    mostFen: 'program.formula.most',
    percent: 'program.formula.percent',
    times: 'program.formula.times',
  } as const;
  return (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((key) => {
    const value = (formula as Record<string, unknown>)[key];
    if (typeof value !== 'number') return [];
    const words = wordsOf(kinds[key], t);
    return [
      {
        path: ['benefit', 'formula', key],
        value,
        label: `${t(labels[key])} ${words(value)}`,
        isMoney: kinds[key] === 'money',
        kind: kinds[key],
        words,
      },
    ];
  });
}

/** The ends and the step of a slider. */
export function rangeOf({ kind, value }: Slider): { least: number; most: number; step: number } {
  if (kind === 'age') return { least: 0, most: 110, step: 1 };
  if (kind === 'percent') return { least: 1, most: 100, step: 1 };
  if (kind === 'count') return { least: 0, most: Math.max(12, value * 2), step: 1 };
  const step = value >= 1_000_000 ? 10_000 : value >= 100_000 ? 5_000 : 500;
  return { least: 0, most: Math.max(100_000, Math.ceil((value * 2) / step) * step), step };
}
