import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useRoute } from '../../../shared/api/query.ts';
import { ApiRefusal } from '../../../shared/api/refusal.ts';
import { amountWords, useBoth } from '../../../shared/program/words.ts';
import {
  Button,
  EmptyState,
  Figure,
  Loaded,
  Page,
  RefusalNotice,
  say,
  Select,
} from '../../../shared/ui/index.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { useSend } from '../parts/send.ts';
import type { Catalogue, ProgramView } from '../program/definition.ts';
import { NumberField } from '../program/number-field.tsx';
import { rangeOf, type Slider, useSliders } from '../program/sliders.ts';

type Answer = RouteOutput<typeof routes.program.whatIf>;

/** Moves one line of a programme and shows, before anything is decided, whom it would add or leave out and what it costs. */
export function WhatIfPage() {
  const { t } = useTranslation('console');
  const both = useBoth();
  const { code } = useParams({ from: '/desk/programs/$code/what-if' });
  const program = useRoute(routes.program.read, { params: { code } });
  const catalogue = useRoute(routes.program.catalogue);
  return (
    <Page
      title={t('program.whatIf.title', { name: program.data ? both(program.data.name) : code })}
      lead={t('program.whatIf.lead')}
      width="wide"
    >
      <Loaded query={program} lines={8}>
        {(view) => (
          <Loaded query={catalogue} lines={8}>
            {(loaded) => <Mover view={view} catalogue={loaded} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

/** The draft that waits, else what is in force. */
function baseOf({ versions, state }: ProgramView) {
  const draft = versions.find((one) => one.state === 'draft');
  return { draft, base: draft ?? versions.find((one) => one.state === state) ?? versions[0]! };
}

function Mover({ view, catalogue }: { view: ProgramView; catalogue: Catalogue }) {
  const { t } = useTranslation('console');
  const { base } = baseOf(view);
  const sliders = useSliders(base, catalogue);
  const [place, setPlace] = useState(0);
  const slider = sliders[place];
  if (!slider)
    return (
      <EmptyState title={t('program.whatIf.noneTitle')}>
        <p>{t('program.whatIf.noneBody')}</p>
      </EmptyState>
    );
  return (
    <>
      <section className="panel">
        <Select
          name="threshold"
          label={t('program.whatIf.pick')}
          value={String(place)}
          onChange={(next) => setPlace(Number(next))}
          options={sliders.map((one, at) => ({ value: String(at), label: one.label }))}
        />
        <p className="soft">{t('program.whatIf.pickHint')}</p>
      </section>
      <Moved key={slider.label} slider={slider} view={view} />
    </>
  );
}

function Moved({ slider, view }: { slider: Slider; view: ProgramView }) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState<number | null>(slider.value);
  const { answer, isFresh, refusal } = useWhatIf(baseOf(view).base.definition, slider, value);
  const { least, most, step } = rangeOf(slider);
  return (
    <>
      <section className="panel what-if">
        <label className="field" htmlFor="what-if-slider">
          <span className="field-label">{slider.label}</span>
        </label>
        <input
          id="what-if-slider"
          type="range"
          min={least}
          max={most}
          step={step}
          value={value ?? slider.value}
          onChange={(event) => setValue(Number(event.target.value))}
        />
        <NumberField
          name="value"
          label={t('program.whatIf.value')}
          unit={slider.isMoney ? 'fen' : 'whole'}
          value={value}
          onChange={setValue}
        />
        <p className="soft">{t('program.whatIf.now', { value: slider.words(slider.value) })}</p>
      </section>
      {refusal && <RefusalNotice refusal={refusal} />}
      {answer && <Outcome answer={answer} isFresh={isFresh} view={view} />}
    </>
  );
}

const WAIT_MILLIS = 250;

/** Asked a moment after the slider stood still; the answer before stays meanwhile. */
function useWhatIf(definition: Record<string, unknown>, slider: Slider, value: number | null) {
  const call = useApi();
  const [answer, setAnswer] = useState<{ of: number; answer: Answer } | null>(null);
  const [refusal, setRefusal] = useState<ApiRefusal | null>(null);
  const { path } = slider;
  useEffect(() => {
    if (value === null) return;
    let isOver = false;
    const timer = setTimeout(() => {
      const body = { definition, path: [...path], value };
      call(routes.program.whatIf, { body }).then(
        (found) => !isOver && (setAnswer({ of: value, answer: found }), setRefusal(null)),
        (thrown: unknown) => {
          if (!(thrown instanceof ApiRefusal)) throw thrown;
          if (!isOver) setRefusal(thrown);
        },
      );
    }, WAIT_MILLIS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [call, definition, path, value]);
  return { answer: answer?.answer ?? null, isFresh: answer?.of === value, refusal };
}

function Outcome({
  answer,
  isFresh,
  view,
}: {
  answer: Answer;
  isFresh: boolean;
  view: ProgramView;
}) {
  const { t } = useTranslation('console');
  const both = useBoth();
  if (!answer.total)
    return (
      <section className="panel" role="alert">
        {answer.problems.map((one) => (
          <p key={one.path} className="field-error">
            {both(one)}
          </p>
        ))}
      </section>
    );
  return (
    <section className="panel" aria-busy={!isFresh} data-fresh={isFresh || undefined}>
      <h2>{t('program.whatIf.outcome')}</h2>
      <Totals answer={answer} unit={view.unit} />
      <Streets answer={answer} />
      <SaveMoved answer={answer} view={view} />
    </section>
  );
}

function Totals({ answer, unit }: { answer: Answer; unit: ProgramView['unit'] }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { total, yearlyDifference, amountUnit, asOf } = answer;
  const who = t(unit === 'household' ? 'program.households' : 'program.people');
  const sign = yearlyDifference < 0 ? '−' : '+';
  const cost = amountWords(shared, Math.abs(yearlyDifference), amountUnit);
  return (
    <div className="figures" aria-live="polite">
      <Figure
        label={t('program.whatIf.before')}
        value={String(total!.before)}
        unit={who}
        asOf={asOf}
      />
      <Figure label={t('program.whatIf.after')} value={String(total!.after)} unit={who} />
      <Figure label={t('program.whatIf.gained')} value={`+${total!.gained}`} unit={who} />
      <Figure label={t('program.whatIf.lost')} value={`−${total!.lost}`} unit={who} />
      <Figure label={t('program.whatIf.yearly')} value={`${sign}${cost}`} unit="" />
    </div>
  );
}

function Streets({ answer }: { answer: Answer }) {
  const { t } = useTranslation('console');
  const streets = answer.byStreet.filter((one) => one.before + one.after > 0);
  if (streets.length === 0) return null;
  return (
    <Bars
      label={t('program.whatIf.byStreet')}
      headings={[t('program.page.street'), t('program.whatIf.after')]}
      bars={streets.map((one) => ({
        key: one.area.code,
        label: one.area.level === 'district' ? t('program.page.noStreet') : one.area.name,
        value: one.after,
        words: t('program.whatIf.street', {
          before: one.before,
          after: one.after,
          gained: one.gained,
          lost: one.lost,
        }),
        tone: one.after > one.before ? 'accent' : one.after < one.before ? 'calm' : 'done',
      }))}
    />
  );
}

function SaveMoved({ answer, view }: { answer: Answer; view: ProgramView }) {
  const { t } = useTranslation('console');
  const navigate = useNavigate();
  const save = useSend(routes.program.saveDraft);
  function send() {
    const body = {
      definition: answer.definition,
      departmentId: view.department?.id ?? null,
      baseVersionId: baseOf(view).draft?.id ?? null,
    };
    save.run({ body }, ({ code }) => {
      say(t('program.edit.saved'));
      void navigate({ to: '/desk/programs/$code', params: { code } });
    });
  }
  return (
    <>
      {save.refusal && <RefusalNotice refusal={save.refusal} />}
      <div className="form-actions">
        <Button kind="primary" busy={save.busy} onPress={send}>
          {t('program.whatIf.save')}
        </Button>
      </div>
    </>
  );
}
