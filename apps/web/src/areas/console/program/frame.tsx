import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { DateField, RadioGroup, Select, TextField } from '../../../shared/ui/index.ts';
import { BothFields } from './both-fields.tsx';
import { useAt, useEditing } from './editing.tsx';
import { NumberField } from './number-field.tsx';

const SOURCES = ['department', 'statutory', 'charity'] as const;
const UNITS = ['person', 'household'] as const;

interface FrameProps {
  departmentId: string;
  onDepartment: (id: string) => void;
  /** True while its code can still be chosen. */
  isNew: boolean;
}

/** What it is called, who answers for it, what it rests on. */
export function FrameFields({ departmentId, onDepartment, isNew }: FrameProps) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { session } = useSession();
  const { catalogue, definition, set } = useEditing();
  const at = useAt();
  const isOffice = holds(session, 'program.decide');
  return (
    <section className="panel">
      <h2>{t('program.frame.title')}</h2>
      <div className="field-row">
        {isNew && (
          <TextField
            name="code"
            label={t('program.frame.code')}
            hint={t('program.frame.codeHint')}
            value={definition.code}
            onChange={(code) => set(['code'], code.toUpperCase())}
            maxLength={10}
            short
          />
        )}
        <BothFields
          path={['name']}
          label={t('program.frame.name')}
          labelEn={t('program.frame.nameEn')}
        />
      </div>
      <div className="field-row">
        <Select
          {...at('source')}
          label={shared('program.source')}
          options={SOURCES.filter((one) => isOffice || one !== 'charity').map((one) => ({
            value: one,
            label: shared(`program.sources.${one}`),
          }))}
        />
        {isOffice && (
          <Select
            name="departmentId"
            label={t('program.frame.department')}
            placeholder={t('program.frame.noDepartment')}
            value={departmentId}
            onChange={onDepartment}
            options={catalogue.departments.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </div>
      <BothFields
        path={['clause']}
        label={t('program.frame.clause')}
        labelEn={t('program.frame.clauseEn')}
        hint={t('program.frame.clauseHint')}
      />
      <RadioGroup
        {...at('unit')}
        label={t('program.frame.unit')}
        options={UNITS.map((one) => ({ value: one, label: t(`program.frame.${one}`) }))}
      />
    </section>
  );
}

/** Notice, validity, and what it does not go together with. */
export function RuleFields() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { definition, set } = useEditing();
  const at = useAt();
  return (
    <section className="panel">
      <h2>{t('program.rules.title')}</h2>
      <NoticeFields />
      <div className="field-row">
        <DateField {...at('validFrom')} label={t('program.rules.from')} />
        <DateField
          name="validUntil"
          label={t('program.rules.until')}
          hint={t('program.rules.untilHint')}
          value={definition.validUntil ?? ''}
          onChange={(date) => set(['validUntil'], date || null)}
          optional
        />
      </div>
      <details>
        <summary>
          {shared('program.exclusive')} ({definition.exclusiveWith.length})
        </summary>
        <Exclusive />
      </details>
    </section>
  );
}

function NoticeFields() {
  const { t } = useTranslation('console');
  const { definition, set } = useEditing();
  const { notice } = definition;
  const words = 'clause' in notice ? notice.clause : (notice.because ?? { zh: '', en: '' });
  const isBoard = notice.kind === 'paper_board';
  const say = (zh: string) => {
    const both = { zh, en: zh };
    if (isBoard) set(['notice', 'clause'], both);
    else set(['notice'], zh === '' ? { kind: 'none' } : { kind: 'none', because: both });
  };
  return (
    <>
      <RadioGroup
        name="notice.kind"
        label={t('program.rules.notice')}
        value={notice.kind}
        onChange={(kind) =>
          set(
            ['notice'],
            kind === 'none' ? { kind } : { kind, days: 7, clause: { zh: '', en: '' } },
          )
        }
        options={[
          { value: 'none', label: t('program.rules.noNotice') },
          { value: 'paper_board', label: t('program.rules.board') },
        ]}
      />
      <div className="field-row">
        {notice.kind === 'paper_board' && (
          <NumberField
            name="notice.days"
            label={t('program.rules.days')}
            value={notice.days}
            onChange={(days) => set(['notice', 'days'], days)}
          />
        )}
        <TextField
          name={isBoard ? 'notice.clause.zh' : 'notice.because.zh'}
          label={t(isBoard ? 'program.rules.rule' : 'program.rules.because')}
          value={words.zh}
          onChange={say}
          maxLength={200}
          optional={!isBoard}
        />
      </div>
    </>
  );
}

function Exclusive() {
  const { catalogue, definition, set } = useEditing();
  const { t } = useTranslation();
  const both = useBoth();
  const chosen = definition.exclusiveWith;
  return (
    <fieldset className="leaf-choices">
      <legend className="visually-hidden">{t('program.exclusive')}</legend>
      {catalogue.codes
        .filter(({ code }) => code !== definition.code)
        .map(({ code, name }) => (
          <label key={code} className="choice">
            <input
              type="checkbox"
              name={`exclusiveWith.${code}`}
              checked={chosen.includes(code)}
              onChange={() =>
                set(
                  ['exclusiveWith'],
                  chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code],
                )
              }
            />
            <span>
              {code} {both(name)}
            </span>
          </label>
        ))}
    </fieldset>
  );
}
