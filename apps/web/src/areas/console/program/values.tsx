import { useTranslation } from 'react-i18next';
import { routes } from '@wennuan/contract';
import { useRoute } from '../../../shared/api/query.ts';
import { useBoth } from '../../../shared/program/words.ts';
import { Button, DateField, Select } from '../../../shared/ui/index.ts';
import type { FactField } from './definition.ts';
import { nameOf, useEditing } from './editing.tsx';
import { NumberField } from './number-field.tsx';
import type { Path, Value } from './tree.ts';

interface ValueProps {
  path: Path;
  operator: string;
  value: Value | Value[];
  onChange: (operator: string, value: Value | Value[]) => void;
}

const listOf = (value: Value | Value[]): Value[] =>
  Array.isArray(value) ? value : value === null || value === '' ? [] : [value];

/** The control that fits a field: boxes for listed values, yuan, years, dates, places. */
export function FieldValue({ field, ...props }: ValueProps & { field: FactField }) {
  switch (field.type) {
    case 'code':
      return <Choices {...props} options={field.values ?? []} />;
    case 'benefit':
      return <Benefits {...props} />;
    case 'area':
      return <Areas {...props} />;
    default:
      return <Ordered {...props} type={field.type} />;
  }
}

interface Choice {
  code: string;
  zh: string;
  en: string;
}

/** Any of some listed values. One alone is written as that one. */
function Choices({ path, value, onChange, options }: ValueProps & { options: readonly Choice[] }) {
  const both = useBoth();
  const { t } = useTranslation('console');
  const chosen = listOf(value);
  function toggle(code: string) {
    const next = chosen.includes(code)
      ? chosen.filter((one) => one !== code)
      : options.map((one) => one.code).filter((one) => one === code || chosen.includes(one));
    if (next.length === 1) onChange('is', next[0]!);
    else onChange('one_of', next);
  }
  return (
    <fieldset className="leaf-choices" id={`field-${path.join('-')}`}>
      <legend className="visually-hidden">{t('program.leaf.anyOf')}</legend>
      {options.map((option) => (
        <label key={option.code} className="choice">
          <input
            type="checkbox"
            name={`${nameOf(path)}.${option.code}`}
            checked={chosen.includes(option.code)}
            onChange={() => toggle(option.code)}
          />
          <span>{both(option)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Benefits(props: ValueProps) {
  const { catalogue, definition } = useEditing();
  const options = catalogue.codes
    .filter(({ code }) => code !== definition.code)
    .map(({ code, name }) => ({ code, zh: `${code} ${name.zh}`, en: `${code} ${name.en}` }));
  return <Choices {...props} options={options} />;
}

/** Streets and communities, as many as one likes. */
function Areas({ path, value, onChange }: ValueProps) {
  const { t } = useTranslation('console');
  const { data } = useRoute(routes.place.areas);
  const areas = data?.areas ?? [];
  const chosen = listOf(value).map(String);
  const nameOfArea = (code: string) => areas.find((one) => one.code === code)?.name ?? code;
  const labelOf = (area: (typeof areas)[number]) =>
    area.level === 'community' && area.parentCode
      ? `${nameOfArea(area.parentCode)} · ${area.name}`
      : area.name;
  return (
    <div className="leaf-areas">
      {chosen.length > 0 && (
        <ul className="row" aria-label={t('program.leaf.areasChosen')}>
          {chosen.map((code) => (
            <li key={code}>
              <Button
                label={t('program.leaf.areaRemove', { name: nameOfArea(code) })}
                onPress={() =>
                  onChange(
                    'within',
                    chosen.filter((one) => one !== code),
                  )
                }
              >
                {nameOfArea(code)} ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Select
        name={nameOf(path)}
        label={t('program.leaf.areaAdd')}
        hideLabel
        placeholder={t('program.leaf.areaAdd')}
        value=""
        onChange={(code) => code && onChange('within', [...new Set([...chosen, code])])}
        options={areas
          .toSorted((a, b) => a.code.localeCompare(b.code))
          .map((area) => ({ value: area.code, label: labelOf(area) }))}
      />
    </div>
  );
}

const WORDS = ['at_least', 'at_most', 'more_than', 'less_than', 'between', 'is'] as const;

/** A number or a date, compared: one value, or the two ends. */
export function Ordered({
  path,
  operator,
  value,
  onChange,
  type,
}: ValueProps & { type: FactField['type'] }) {
  const { t } = useTranslation('console');
  const isDate = type === 'date';
  const [from = null, to = null] = Array.isArray(value) ? value : [value];
  const ends = operator === 'between' ? [from, to] : [from];
  const unitOf = type === 'money' ? 'fen' : 'whole';
  function put(place: number, next: Value) {
    if (operator !== 'between') onChange(operator, next);
    else onChange(operator, place === 0 ? [next, to] : [from, next]);
  }
  return (
    <>
      <Select
        name={nameOf([...path.slice(0, -1), 'operator'])}
        label={t('program.leaf.operator')}
        hideLabel
        value={operator}
        onChange={(next) => onChange(next, next === 'between' ? [from, to] : from)}
        options={WORDS.map((one) => ({
          value: one,
          label: t(isDate ? `program.dateOperators.${one}` : `program.operators.${one}`),
        }))}
      />
      {ends.map((end, place) => {
        const common = {
          name: nameOf(operator === 'between' ? [...path, place] : path),
          label: t(place === 0 ? 'program.leaf.value' : 'program.leaf.valueTo'),
          hideLabel: true,
        };
        return isDate ? (
          <DateField
            key={place}
            {...common}
            value={String(end ?? '')}
            onChange={(next) => put(place, next)}
          />
        ) : (
          <NumberField
            key={place}
            {...common}
            unit={unitOf}
            value={typeof end === 'number' ? end : null}
            onChange={(next) => put(place, next)}
          />
        );
      })}
      {type === 'age' && <span className="leaf-unit">{t('program.leaf.years')}</span>}
      {type === 'count' && <span className="leaf-unit">{t('program.leaf.people')}</span>}
    </>
  );
}
