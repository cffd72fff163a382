import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Select } from '../../../shared/ui/index.ts';
import { emptyFormula, type Formula, formulaKinds } from './definition.ts';
import { BothFields } from './both-fields.tsx';
import { useAt, useEditing } from './editing.tsx';
import { FormulaFields } from './formula.tsx';

const UNITS = ['fen', 'minutes', 'times'] as const;
const CADENCES = ['once', 'yearly', 'monthly', 'weekly', 'on_change'] as const;
const DELIVERIES = [
  'cash',
  'voucher',
  'meal_card',
  'health_check',
  'service',
  'volunteer_hours',
  'visit',
  'goods',
] as const;

/** What is given: in words, how much, how often, in what way, from which fund. */
export function BenefitFields() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { definition, set } = useEditing();
  const at = useAt();
  const { benefit } = definition;
  return (
    <section className="panel">
      <h2>{t('program.benefit.title')}</h2>
      <div className="field-row">
        <BothFields
          path={['benefit', 'what']}
          label={t('program.benefit.what')}
          labelEn={t('program.benefit.whatEn')}
          hint={t('program.benefit.whatHint')}
        />
      </div>
      <div className="field-row">
        <Select
          {...at('benefit', 'unit')}
          label={t('program.benefit.unit')}
          options={UNITS.map((one) => ({ value: one, label: t(`program.units.${one}`) }))}
        />
        <Select
          name="benefit.formula.kind"
          label={t('program.benefit.formula')}
          value={benefit.formula.kind}
          onChange={(kind) => set(['benefit', 'formula'], emptyFormula(kind as Formula['kind']))}
          options={formulaKinds.map((one) => ({ value: one, label: t(`program.formulas.${one}`) }))}
        />
      </div>
      <div className="formula" key={benefit.formula.kind}>
        <FormulaFields />
      </div>
      <div className="field-row">
        <Select
          {...at('cadence')}
          label={shared('program.cadence')}
          options={CADENCES.map((one) => ({
            value: one,
            label: shared(`program.cadences.${one}`),
          }))}
        />
        <Select
          {...at('delivery')}
          label={shared('program.delivery')}
          options={DELIVERIES.map((one) => ({
            value: one,
            label: shared(`program.deliveries.${one}`),
          }))}
        />
        <FundSelect />
      </div>
    </section>
  );
}

function FundSelect() {
  const { t } = useTranslation('console');
  const { definition, set } = useEditing();
  const funds = useRoute(routes.fund.publicFunds, { query: { limit: 200 } }).data?.items ?? [];
  const { fund } = definition;
  const isKnown = fund === null || funds.some(({ code }) => code === fund);
  return (
    <Select
      name="fund"
      label={t('program.benefit.fund')}
      placeholder={t('program.benefit.noFund')}
      value={fund ?? ''}
      onChange={(code) => set(['fund'], code || null)}
      options={[
        ...(isKnown ? [] : [{ value: fund, label: fund }]),
        ...funds.map(({ code, name }) => ({ value: code, label: name })),
      ]}
    />
  );
}
