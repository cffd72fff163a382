import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import { DateText, Select, State, type Step, Steps } from '../../../shared/ui/index.ts';
import type { Definition, VersionView } from './definition.ts';
import { useFormulaWords } from './formula-words.ts';
import { programTones } from './tones.ts';

/** How a version is called: its number, or what it is. */
function useVersionName() {
  const { t } = useTranslation('console');
  return ({ number, state }: VersionView) =>
    number === null ? t(`program.states.${state}`) : t('program.versions.number', { number });
}

/** Every version with who wrote and who decided it, newest first. */
export function Versions({ versions }: { versions: readonly VersionView[] }) {
  const { t } = useTranslation('console');
  const nameOf = useVersionName();
  const steps: Step[] = versions.map((version) => ({
    key: version.id,
    state: version.state === 'valid' ? 'now' : version.number === null ? 'ahead' : 'done',
    title: (
      <>
        {nameOf(version)}{' '}
        {version.number !== null && (
          <State tone={programTones[version.state]}>{t(`program.states.${version.state}`)}</State>
        )}
      </>
    ),
    children: <Version version={version} />,
  }));
  return (
    <section className="panel">
      <h2>{t('program.versions.title')}</h2>
      <Steps label={t('program.versions.title')} steps={steps} />
    </section>
  );
}

function Version({ version }: { version: VersionView }) {
  const { t } = useTranslation('console');
  const { draftedBy, draftedAt, decidedBy, decidedAt, steps, note } = version;
  return (
    <>
      <p>
        {draftedBy
          ? t('program.versions.drafted', { name: draftedBy })
          : t('program.versions.imported')}{' '}
        <DateText at={draftedAt} />
      </p>
      {decidedAt && decidedBy && (
        <p>
          {t('program.versions.decided', { name: decidedBy })} <DateText at={decidedAt} />
        </p>
      )}
      {steps.map((step) => (
        <p key={step.order}>
          {step.byName
            ? t(`program.versions.${step.decision === 'refuse' ? 'said_no' : 'said_yes'}`, {
                name: step.byName,
              })
            : t('program.versions.waits', { order: step.order })}{' '}
          {step.note}
        </p>
      ))}
      {note && <p className="pre">{note}</p>}
    </>
  );
}

/** Two versions side by side; what differs is marked. */
export function Compare({ versions }: { versions: readonly VersionView[] }) {
  const { t } = useTranslation('console');
  const nameOf = useVersionName();
  const [picked, setPicked] = useState<readonly [string, string]>([
    versions[1]!.id,
    versions[0]!.id,
  ]);
  const [left, right] = picked.map((id) => versions.find((one) => one.id === id) ?? versions[0]!);
  const rows = useRows();
  const [before, after] = [rows(left!), rows(right!)];
  const select = (place: 0 | 1) => (
    <Select
      name={place === 0 ? 'left' : 'right'}
      label={t(place === 0 ? 'program.versions.left' : 'program.versions.right')}
      value={picked[place]}
      onChange={(id) => setPicked(place === 0 ? [id, picked[1]] : [picked[0], id])}
      options={versions.map((one) => ({ value: one.id, label: nameOf(one) }))}
    />
  );
  return (
    <section className="panel">
      <h2>{t('program.versions.compare')}</h2>
      <div className="field-row">
        {select(0)}
        {select(1)}
      </div>
      <div className="program-compare">
        <table className="table-plain">
          <caption className="visually-hidden">{t('program.versions.compare')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('program.versions.what')}</th>
              <th scope="col">{nameOf(left!)}</th>
              <th scope="col">{nameOf(right!)}</th>
            </tr>
          </thead>
          <tbody>
            {before.map(([label, words], at) => (
              <tr key={label} data-differs={words !== after[at]![1] || undefined}>
                <th scope="row">
                  {label}
                  {words !== after[at]![1] && (
                    <small className="differs">{t('program.versions.differs')}</small>
                  )}
                </th>
                <td>{words}</td>
                <td>{after[at]![1]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A version as lines of words, always the same ones. */
function useRows() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const both = useBoth();
  const formula = useFormulaWords();
  return (version: VersionView): (readonly [string, string])[] => {
    const one = version.definition as unknown as Definition;
    const { notice } = one;
    return [
      [t('program.frame.name'), both(one.name)],
      [shared('program.source'), shared(`program.sources.${one.source}`)],
      [shared('program.clause'), both(one.clause)],
      [shared('program.who'), both(version.sentence)],
      [t('program.frame.unit'), t(`program.frame.${one.unit}`)],
      [shared('program.what'), both(one.benefit.what)],
      [t('program.benefit.formula'), formula(one.benefit)],
      [shared('program.cadence'), shared(`program.cadences.${one.cadence}`)],
      [shared('program.delivery'), shared(`program.deliveries.${one.delivery as 'cash'}`)],
      [t('program.benefit.fund'), one.fund ?? t('program.benefit.noFund')],
      [
        shared('program.notice'),
        notice.kind === 'none'
          ? t('program.rules.noNotice')
          : `${t('program.rules.board')} ${notice.days} ${both(notice.clause)}`,
      ],
      [shared('program.validity'), `${one.validFrom} – ${one.validUntil ?? ''}`],
      [shared('program.exclusive'), one.exclusiveWith.join(' ')],
    ];
  };
}
