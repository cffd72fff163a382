import { routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { ProgramFacts } from '../../../shared/program/card.tsx';
import { amountWords, type ProgramCard, useBoth } from '../../../shared/program/words.ts';
import { ButtonLink, Figure, Loaded, Page, State } from '../../../shared/ui/index.ts';
import { Candidates } from '../program/candidates.tsx';
import type { Definition, ProgramView, VersionView } from '../program/definition.ts';
import { VersionActs } from '../program/acts.tsx';
import { programTones } from '../program/tones.ts';
import { Compare, Versions } from '../program/versions.tsx';

/** One programme: its card, whom it finds where, its versions, and what can be done now. */
export function ProgramPage() {
  const { t } = useTranslation('console');
  const both = useBoth();
  const { code } = useParams({ from: '/desk/programs/$code' });
  const query = useRoute(routes.program.read, { params: { code } });
  const program = query.data;
  return (
    <Page
      title={program ? `${code} ${both(program.name)}` : code}
      width="wide"
      aside={
        program && (
          <State tone={programTones[program.state]}>{t(`program.states.${program.state}`)}</State>
        )
      }
    >
      <Loaded query={query} lines={8}>
        {(loaded) => <Sheet program={loaded} />}
      </Loaded>
    </Page>
  );
}

function Sheet({ program }: { program: ProgramView }) {
  const { t } = useTranslation('console');
  const shown = leadingOf(program);
  const pending = program.versions.find(({ state }) => state === 'draft' || state === 'proposed');
  return (
    <>
      <div className="two-columns">
        <div className="record-column">
          <Numbers program={program} />
          <section className="panel">
            <h2>{t('program.page.card')}</h2>
            <ProgramFacts card={cardOf(shown, program)} />
          </section>
        </div>
        <div className="record-column">
          {program.mayDraft && (
            <p className="form-actions">
              <ButtonLink
                kind="primary"
                to="/desk/programs/$code/edit"
                params={{ code: program.code }}
              >
                {t(pending ? 'program.page.editDraft' : 'program.page.edit')}
              </ButtonLink>
              <ButtonLink to="/desk/programs/$code/what-if" params={{ code: program.code }}>
                {t('program.page.whatIf')}
              </ButtonLink>
            </p>
          )}
          {program.versions
            .filter((one) => one.maySubmit || one.mayDecide || one.mayWithdraw || one.mayEnd)
            .map((version) => (
              <VersionActs key={version.id} version={version} />
            ))}
          <Versions versions={program.versions} />
        </div>
      </div>
      {program.versions.length > 1 && <Compare versions={program.versions} />}
      {program.evaluatedOn !== null && <Candidates program={program} />}
    </>
  );
}

/** The version the page speaks of: in force, else the newest. */
function leadingOf({ versions, state }: ProgramView): VersionView {
  return versions.find((one) => one.state === state) ?? versions[0]!;
}

function Numbers({ program }: { program: ProgramView }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { candidates, amount, yearly, amountUnit, byStreet, evaluatedOn } = program;
  if (candidates === null) return <section className="panel">{t('program.page.notYet')}</section>;
  const unit = t(program.unit === 'household' ? 'program.households' : 'program.people');
  const words = (value: number | null) => amountWords(shared, value ?? 0, amountUnit);
  return (
    <section className="panel">
      <h2>{t('program.page.numbers')}</h2>
      <div className="figures">
        <Figure
          label={t('program.list.candidates')}
          value={candidates.toLocaleString('en-US')}
          unit={unit}
          asOf={evaluatedOn ?? undefined}
        />
        <Figure label={t('program.preview.amount')} value={words(amount)} unit="" />
        <Figure label={t('program.preview.yearly')} value={words(yearly)} unit="" />
      </div>
      {byStreet.length > 0 && (
        <Bars
          label={t('program.page.byStreet')}
          headings={[t('program.page.street'), t('program.list.candidates')]}
          bars={byStreet.map((one) => ({
            key: one.area.code,
            label: one.area.level === 'district' ? t('program.page.noStreet') : one.area.name,
            value: one.candidates,
            words: `${one.candidates.toLocaleString('en-US')} ${unit}`,
          }))}
        />
      )}
    </section>
  );
}

/** A version as the card of it: what the public page says of it once it is decided. */
export function cardOf(version: VersionView, program: ProgramView): ProgramCard {
  const definition = version.definition as unknown as Definition;
  const { notice } = definition;
  const none = { zh: '不公示', en: 'No public notice' };
  return {
    code: definition.code,
    name: definition.name,
    source: definition.source,
    departmentName: program.department?.name ?? null,
    what: definition.benefit.what,
    who: version.sentence,
    unit: definition.unit,
    cadence: definition.cadence,
    delivery: definition.delivery as ProgramCard['delivery'],
    clause: definition.clause,
    notice:
      notice.kind === 'paper_board'
        ? { days: notice.days, words: notice.clause }
        : { days: null, words: notice.because ?? none },
    validFrom: version.validFrom,
    validUntil: version.validUntil,
    exclusiveWith: definition.exclusiveWith.map((code) => ({ code, name: { zh: code, en: code } })),
    candidates: null,
    asOf: null,
  };
}
