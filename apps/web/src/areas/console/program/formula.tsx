import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import { Button, Checkbox, Select, TextField } from '../../../shared/ui/index.ts';
import type { Formula } from './definition.ts';
import { nameOf, useEditing, useField } from './editing.tsx';
import { NumberField } from './number-field.tsx';

const PATH = ['benefit', 'formula'] as const;

type Of<Kind extends Formula['kind']> = Extract<Formula, { kind: Kind }>;

/** How the amount is reckoned, by the kind of formula. */
export function FormulaFields() {
  const { formula } = useEditing().definition.benefit;
  switch (formula.kind) {
    case 'none':
      return null;
    case 'fixed':
      return <Fixed formula={formula} />;
    case 'times':
      return <Times formula={formula} />;
    case 'per_member':
      return <PerMember formula={formula} />;
    case 'difference':
      return <Difference formula={formula} />;
    case 'share':
      return <Share formula={formula} />;
    case 'tiers':
      return <Tiers formula={formula} />;
    case 'bands':
      return <Bands formula={formula} />;
  }
}

/** A number of the formula, in the benefit's unit or as it is. */
function Part({ at, value, label, ...how }: PartProps) {
  const { definition, set } = useEditing();
  const isMoney = how.money ?? definition.benefit.unit === 'fen';
  return (
    <NumberField
      name={nameOf([...PATH, ...at])}
      label={label}
      unit={isMoney ? 'fen' : 'whole'}
      value={value ?? null}
      optional={how.optional ?? false}
      onChange={(next) => set([...PATH, ...at], next)}
    />
  );
}

interface PartProps {
  at: readonly (string | number)[];
  value: number | null | undefined;
  label: string;
  /** True for yuan whatever the benefit counts, false for a plain number. */
  money?: boolean;
  optional?: boolean;
}

/** What it never exceeds, in yuan. */
function Most({ fen }: { fen: number | null | undefined }) {
  const { t } = useTranslation('console');
  return <Part at={['mostFen']} value={fen} label={t('program.formula.most')} money optional />;
}

/** Which field the formula reads. */
function ReadField({ type, label }: { type: readonly string[]; label: string }) {
  const { catalogue, definition, set } = useEditing();
  const both = useBoth();
  const { formula } = definition.benefit;
  const value = 'field' in formula ? formula.field : '';
  return (
    <Select
      name={nameOf([...PATH, 'field'])}
      label={label}
      value={value}
      onChange={(field) =>
        set(PATH, { ...formula, field, ...(formula.kind === 'tiers' && { amounts: {} }) })
      }
      options={catalogue.fields
        .filter((one) => type.includes(one.type))
        .map((one) => ({ value: one.code, label: both(one) }))}
    />
  );
}

function Fixed({ formula }: { formula: Of<'fixed'> }) {
  const { t } = useTranslation('console');
  const { set } = useEditing();
  return (
    <>
      <Part at={['amount']} value={formula.amount} label={t('program.formula.amount')} />
      <Checkbox
        name={nameOf([...PATH, 'upTo'])}
        label={t('program.formula.upTo')}
        checked={formula.upTo ?? false}
        onChange={(upTo) => set([...PATH, 'upTo'], upTo)}
      />
    </>
  );
}

function Times({ formula }: { formula: Of<'times'> }) {
  const { t } = useTranslation('console');
  const { set } = useEditing();
  return (
    <>
      <Part at={['amount']} value={formula.amount} label={t('program.formula.each')} />
      <Part at={['times']} value={formula.times} label={t('program.formula.times')} money={false} />
      <TextField
        name={nameOf([...PATH, 'of', 'zh'])}
        label={t('program.formula.of')}
        value={formula.of.zh}
        onChange={(zh) => set([...PATH, 'of'], { zh, en: zh })}
        short
      />
    </>
  );
}

function PerMember({ formula }: { formula: Of<'per_member'> }) {
  const { t } = useTranslation('console');
  const most = formula.mostMembers;
  return (
    <>
      <Part at={['amount']} value={formula.amount} label={t('program.formula.perMember')} />
      <Part
        at={['mostMembers']}
        value={most}
        label={t('program.formula.mostMembers')}
        money={false}
        optional
      />
    </>
  );
}

function Difference({ formula }: { formula: Of<'difference'> }) {
  const { t } = useTranslation('console');
  const { set } = useEditing();
  return (
    <>
      <Part at={['lineFen']} value={formula.lineFen} label={t('program.formula.line')} money />
      <ReadField type={['money']} label={t('program.formula.minus')} />
      <Checkbox
        name={nameOf([...PATH, 'perMember'])}
        label={t('program.formula.timesMembers')}
        checked={formula.perMember ?? false}
        onChange={(perMember) => set([...PATH, 'perMember'], perMember)}
      />
      <Most fen={formula.mostFen} />
    </>
  );
}

function Share({ formula }: { formula: Of<'share'> }) {
  const { t } = useTranslation('console');
  return (
    <>
      <ReadField type={['money']} label={t('program.formula.shareOf')} />
      <Part
        at={['percent']}
        value={formula.percent}
        label={t('program.formula.percent')}
        money={false}
      />
      <Most fen={formula.mostFen} />
    </>
  );
}

function Tiers({ formula }: { formula: Of<'tiers'> }) {
  const { t } = useTranslation('console');
  const { definition, set } = useEditing();
  const both = useBoth();
  const field = useField(formula.field);
  function put(code: string, amount: number | null) {
    const { [code]: _before, ...others } = formula.amounts;
    set([...PATH, 'amounts'], amount === null ? others : { ...others, [code]: amount });
  }
  return (
    <>
      <ReadField type={['code']} label={t('program.formula.tierBy')} />
      {field?.values?.map((value) => (
        <NumberField
          key={`${formula.field} ${value.code}`}
          name={nameOf([...PATH, 'amounts', value.code])}
          label={both(value)}
          unit={definition.benefit.unit === 'fen' ? 'fen' : 'whole'}
          value={formula.amounts[value.code] ?? null}
          onChange={(amount) => put(value.code, amount)}
          optional
        />
      ))}
      <Part
        at={['otherwise']}
        value={formula.otherwise}
        label={t('program.formula.otherwise')}
        optional
      />
    </>
  );
}

function Bands({ formula }: { formula: Of<'bands'> }) {
  const { t } = useTranslation('console');
  const { set } = useEditing();
  const isMoney = useField(formula.field)?.type === 'money';
  const { bands } = formula;
  return (
    <>
      <ReadField type={['money', 'count']} label={t('program.formula.bandBy')} />
      {bands.map((band, at) => (
        <div key={at} className="field-row band">
          <Part
            at={['bands', at, 'from']}
            value={band.from}
            label={t('program.formula.from')}
            money={isMoney}
          />
          <Part
            at={['bands', at, 'amount']}
            value={band.amount}
            label={t('program.formula.amount')}
          />
          <Button
            kind="quiet"
            label={t('program.formula.dropBandAt', { place: at + 1 })}
            onPress={() => set([...PATH, 'bands'], bands.toSpliced(at, 1))}
          >
            {t('program.formula.dropBand')}
          </Button>
        </div>
      ))}
      <Button onPress={() => set([...PATH, 'bands'], [...bands, { from: null, amount: null }])}>
        {t('program.formula.addBand')}
      </Button>
    </>
  );
}
