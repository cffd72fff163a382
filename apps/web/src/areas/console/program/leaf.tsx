import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import { Button, Select } from '../../../shared/ui/index.ts';
import type { FactField } from './definition.ts';
import { nameOf, useEditing, useField, useProblem } from './editing.tsx';
import { NumberField } from './number-field.tsx';
import type { Leaf, Path } from './tree.ts';
import { FieldValue, Ordered } from './values.tsx';

/** Two conditions look at the household instead of one field of the person. */
const HOUSEHOLD = ['household:members', 'household:total'] as const;

/** A new condition about a field, with the control that fits it still empty. */
export function emptyLeaf(field: FactField): Leaf {
  const { code, type } = field;
  if (type === 'code' || type === 'benefit') return { field: code, operator: 'one_of', value: [] };
  if (type === 'area') return { field: code, operator: 'within', value: [] };
  return { field: code, operator: 'at_least', value: type === 'date' ? '' : null };
}

/** One condition: what is looked at, how it is compared, with what. */
export function LeafEditor({ leaf, path, inHousehold, conditionOf }: LeafProps) {
  const problem = useProblem(path, true);
  const both = useBoth();
  return (
    <div className="leaf" data-wrong={problem ? true : undefined}>
      <FieldPicker leaf={leaf} path={path} inHousehold={inHousehold} />
      {'household' in leaf ? (
        <HouseholdLeaf leaf={leaf} path={path} conditionOf={conditionOf} />
      ) : (
        <PersonLeaf leaf={leaf} path={path} />
      )}
      {problem && <span className="field-error">{both(problem)}</span>}
    </div>
  );
}

interface LeafProps {
  leaf: Leaf;
  path: Path;
  /** Conditions about members of a household are about one person each. */
  inHousehold: boolean;
  /** Draws the condition that those of a household must meet, at its path. */
  conditionOf: (path: Path) => ReactNode;
}

function FieldPicker({ leaf, path, inHousehold }: Omit<LeafProps, 'conditionOf'>) {
  const { t } = useTranslation('console');
  const { catalogue, set } = useEditing();
  const both = useBoth();
  const now = 'household' in leaf ? `household:${leaf.household}` : leaf.field;
  function pick(code: string) {
    if (code === 'household:members')
      return set(path, { household: 'members', operator: 'at_least', value: null });
    if (code === 'household:total') {
      const field = catalogue.fields.find(({ type }) => type === 'money')!.code;
      return set(path, { household: 'total', field, operator: 'less_than', value: null });
    }
    const field = catalogue.fields.find((one) => one.code === code);
    if (field) set(path, emptyLeaf(field));
  }
  const special = inHousehold
    ? []
    : HOUSEHOLD.map((one) => ({ value: one, label: t(`program.leaf.${one}`) }));
  return (
    <Select
      name={nameOf([...path, 'field'])}
      label={t('program.leaf.field')}
      hideLabel
      value={now}
      onChange={pick}
      options={[
        ...catalogue.fields.map((one) => ({ value: one.code, label: both(one) })),
        ...special,
      ]}
    />
  );
}

function PersonLeaf({ leaf, path }: { leaf: Extract<Leaf, { forMonths?: unknown }>; path: Path }) {
  const { t } = useTranslation('console');
  const { set } = useEditing();
  const field = useField(leaf.field);
  if (!field) return null;
  const months = leaf.forMonths;
  return (
    <>
      <FieldValue
        key={leaf.field}
        field={field}
        path={[...path, 'value']}
        operator={leaf.operator}
        value={leaf.value}
        onChange={(operator, value) => set(path, { ...leaf, operator, value })}
      />
      {months === undefined ? (
        <Button kind="quiet" onPress={() => set(path, { ...leaf, forMonths: null })}>
          {t('program.leaf.addMonths')}
        </Button>
      ) : (
        <span className="leaf-months">
          <NumberField
            name={nameOf([...path, 'forMonths'])}
            label={t('program.leaf.months')}
            value={months}
            onChange={(next) => set(path, { ...leaf, forMonths: next })}
          />
          <Button kind="quiet" onPress={() => set(path, withoutMonths(leaf))}>
            {t('program.leaf.dropMonths')}
          </Button>
        </span>
      )}
    </>
  );
}

function withoutMonths<T extends { forMonths?: unknown }>(leaf: T): Omit<T, 'forMonths'> {
  const { forMonths: _dropped, ...rest } = leaf;
  return rest;
}

interface HouseholdLeafProps {
  leaf: Extract<Leaf, { household: string }>;
  path: Path;
  conditionOf: LeafProps['conditionOf'];
}

function HouseholdLeaf({ leaf, path, conditionOf }: HouseholdLeafProps) {
  const { t } = useTranslation('console');
  const { catalogue, set } = useEditing();
  const both = useBoth();
  const isTotal = leaf.household === 'total';
  return (
    <>
      {isTotal && (
        <Select
          name={nameOf([...path, 'summed'])}
          label={t('program.leaf.summed')}
          hideLabel
          value={leaf.field}
          onChange={(field) => set(path, { ...leaf, field })}
          options={catalogue.fields
            .filter(({ type }) => type === 'money' || type === 'count')
            .map((one) => ({ value: one.code, label: both(one) }))}
        />
      )}
      <Ordered
        path={[...path, 'value']}
        type={isTotal ? 'money' : 'count'}
        operator={leaf.operator}
        value={leaf.value}
        onChange={(operator, value) => set(path, { ...leaf, operator, value })}
      />
      {!isTotal &&
        (leaf.where ? (
          <div className="leaf-where">
            <p className="soft">{t('program.leaf.where')}</p>
            {conditionOf([...path, 'where'])}
          </div>
        ) : (
          <Button
            kind="quiet"
            onPress={() => set([...path, 'where'], { all: [emptyLeaf(catalogue.fields[0]!)] })}
          >
            {t('program.leaf.addWhere')}
          </Button>
        ))}
    </>
  );
}
