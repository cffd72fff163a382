import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Select, TextField } from '../../../shared/ui/index.ts';
import { emptyFormula, type Formula, formulaKinds } from './definition.ts';
import { useEditing } from './editing.tsx';
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
  const { benefit } = definition;
  return (
    <section className="panel">
      <h2>{t('program.benefit.title')}</h2>
      <div className="field-row">
        <TextField
          name="benefit.what.zh"
          label={t('program.benefit.what')}
          hint={t('program.benefit.whatHint')}
          value={benefit.what.zh}
          onChange={(zh) => set(['benefit', 'what', 'zh'], zh)}
          maxLength={200}
        />
        <TextField
          name="benefit.what.en"
          label={t('program.benefit.whatEn')}
          hint={t('program.frame.enHint')}
          value={benefit.what.en}
          onChange={(en) => set(['benefit', 'what', 'en'], en)}
          maxLength={400}
          optional
        />
      </div>
      <div className="field-row">
        <Select
          name="benefit.unit"
          label={t('program.benefit.unit')}
          value={benefit.unit}
          onChange={(unit) => set(['benefit', 'unit'], unit)}
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
          name="cadence"
          label={shared('program.cadence')}
          value={definition.cadence}
          onChange={(cadence) => set(['cadence'], cadence)}
          options={CADENCES.map((one) => ({
            value: one,
            label: shared(`program.cadences.${one}`),
          }))}
        />
        <Select
          name="delivery"
          label={shared('program.delivery')}
          value={definition.delivery}
          onChange={(delivery) => set(['delivery'], delivery)}
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
