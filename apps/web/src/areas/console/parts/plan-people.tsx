import { routes } from '@wennuan/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { ApiRefusal, refusalFrom } from '../../../shared/api/refusal.ts';
import {
  Form,
  Notice,
  RefusalNotice,
  say,
  Select,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { AreaSelect } from './area-select.tsx';
import { groupCodes, type ListReport, listSources, type Plan } from './goods-codes.ts';
import { PersonPicker, type PickedPerson } from './person-picker.tsx';
import { useSend } from './send.ts';

const empty = {
  group: '',
  areaCode: '',
  programmeCode: '',
  otherId: '',
  unitName: '',
  names: '',
};
type Source = (typeof listSources)[number];

/** Adds people to a draft's list, from wherever they are known. */
export function AddPeople({ plan }: { plan: Plan }) {
  const { t } = useTranslation('console');
  const [source, setSource] = useState<Source>('group');
  const [report, setReport] = useState<ListReport | null>(null);
  function tell(answer: ListReport) {
    setReport(answer);
    say(t('people.added', { count: answer.added }));
  }
  return (
    <section className="panel">
      <h2>{t('people.add')}</h2>
      <Select
        name="from"
        label={t('people.from')}
        value={source}
        onChange={(picked) => setSource(oneOf(listSources, picked) ?? 'group')}
        options={listSources.map((one) => ({ value: one, label: t(`people.sources.${one}`) }))}
      />
      {source === 'sheet' ? (
        <SheetField plan={plan} onReport={tell} />
      ) : source === 'persons' ? (
        <OnePerson plan={plan} onReport={tell} />
      ) : (
        <SourceForm key={source} plan={plan} source={source} onReport={tell} />
      )}
      {report && <Report report={report} />}
    </section>
  );
}

interface SourceProps {
  plan: Plan;
  onReport: (report: ListReport) => void;
}

function SourceForm({
  plan,
  source,
  onReport,
}: SourceProps & { source: 'group' | 'programme' | 'plan' | 'names' }) {
  const { t } = useTranslation('console');
  const { value, update, field } = useValues({ ...empty, areaCode: plan.area.code });
  const call = useSend(routes.distribution.addRecipients);
  function send() {
    const { areaCode, group, programmeCode, otherId, unitName } = value;
    const names = value.names
      .split(/[\n，,、]/)
      .map((name) => name.trim())
      .filter(Boolean);
    const body = {
      group: { from: 'group', areaCode, group },
      programme: { from: 'programme', areaCode, programmeCode: programmeCode.trim().toUpperCase() },
      plan: { from: 'plan', planId: otherId },
      names: { from: 'names', unitName, names },
    } as const;
    call.run({ params: { planId: plan.id }, body: body[source] }, onReport);
  }
  return (
    <Form scope={source} call={call} onSend={send} send={t('people.send')}>
      {source === 'group' && (
        <Select
          {...field('group')}
          label={t('people.group')}
          placeholder={t('goods.form.pick')}
          options={groupCodes.map((one) => ({ value: one, label: t(`people.groups.${one}`) }))}
        />
      )}
      {source === 'programme' && (
        <TextField
          short
          {...field('programmeCode')}
          label={t('people.programme')}
          hint={t('people.programmeHint')}
        />
      )}
      {(source === 'group' || source === 'programme') && (
        <AreaSelect {...field('areaCode')} label={t('people.area')} />
      )}
      {source === 'plan' && (
        <OtherPlan
          planId={plan.id}
          value={value.otherId}
          onChange={(otherId) => update({ otherId })}
        />
      )}
      {source === 'names' && (
        <>
          <TextField
            {...field('unitName')}
            label={t('people.unitName')}
            hint={t('people.unitHint')}
          />
          <TextArea {...field('names')} label={t('people.names')} rows={5} />
        </>
      )}
    </Form>
  );
}

function OtherPlan(props: { planId: string; value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation('console');
  const plans = usePages(routes.distribution.list, { query: { limit: 50 } });
  return (
    <Select
      name="planId"
      label={t('people.otherPlan')}
      placeholder={t('goods.form.pick')}
      value={props.value}
      onChange={props.onChange}
      options={plans.items
        .filter((plan) => plan.id !== props.planId)
        .map((plan) => ({ value: plan.id, label: `${plan.name}（${plan.figures.listed}）` }))}
    />
  );
}

function OnePerson({ plan, onReport }: SourceProps) {
  const [person, setPerson] = useState<PickedPerson | null>(null);
  const call = useSend(routes.distribution.addRecipients);
  function add(picked: PickedPerson | null) {
    setPerson(null);
    if (!picked) return;
    const body = { from: 'persons' as const, personIds: [picked.id] };
    call.run({ params: { planId: plan.id }, body }, onReport);
  }
  return (
    <>
      <PersonPicker value={person} onChange={add} />
      {call.refusal && <RefusalNotice refusal={call.refusal} />}
    </>
  );
}

function SheetField({ plan, onReport }: SourceProps) {
  const { t } = useTranslation('console');
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ApiRefusal | null>(null);
  async function send(file: File) {
    setBusy(true);
    setRefusal(null);
    const form = new FormData();
    form.append('file', file, file.name);
    const path = routes.distribution.addSheet.path.replace(':planId', plan.id);
    try {
      const response = await fetch(path, {
        method: 'POST',
        body: form,
        headers: { 'accept-language': document.documentElement.lang },
      });
      const answer: unknown = await response.json();
      if (!response.ok) throw refusalFrom(response.status, answer);
      onReport(answer as ListReport);
      void client.invalidateQueries();
    } catch (thrown) {
      setRefusal(thrown instanceof ApiRefusal ? thrown : new ApiRefusal('network', '', null, 0));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="field">
      <label htmlFor="list-sheet">{t('people.sheetFile')}</label>
      <span className="field-hint" id="list-sheet-hint">
        {t('people.sheetHint')}
      </span>
      <input
        id="list-sheet"
        className="input"
        type="file"
        accept=".xlsx,.csv"
        disabled={busy}
        aria-describedby="list-sheet-hint"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void send(file);
          event.target.value = '';
        }}
      />
      {refusal && <RefusalNotice refusal={refusal} />}
    </div>
  );
}

/** Who was not added and why, line by line. */
function Report({ report }: { report: ListReport }) {
  const { t } = useTranslation('console');
  return (
    <div role="status" className="stack-tight">
      <Notice
        tone={report.problems.length > 0 ? 'warned' : 'done'}
        title={t('people.added', { count: report.added })}
      >
        {report.elsewhere > 0 && <p>{t('people.elsewhere', { count: report.elsewhere })}</p>}
        {report.problems.length > 0 && (
          <>
            <p>{t('people.problems')}</p>
            <ul>
              {report.problems.map((one) => (
                <li key={`${one.line} ${one.problem} ${one.text}`}>
                  {t('people.line', { line: one.line })} {one.text}：
                  {t(`people.problem.${one.problem}`)}
                  {one.choices.map((choice) => (
                    <span key={choice.personId} className="soft small">
                      {' '}
                      {choice.label}
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          </>
        )}
      </Notice>
    </div>
  );
}
