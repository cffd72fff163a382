import { routes } from '@wennuan/contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute, useRouteWhen } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { useDistrict } from '../../../shared/session/district.ts';
import { useBoth } from '../../../shared/program/words.ts';
import { Button, ButtonLink, Form, Loaded, Notice, Page, say } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';
import { BenefitFields } from '../program/benefit.tsx';
import { NodeEditor } from '../program/criteria.tsx';
import {
  type Catalogue,
  complete,
  type Definition,
  emptyDefinition,
  type ProgramView,
} from '../program/definition.ts';
import { type Editing, EditingContext, type Problem } from '../program/editing.tsx';
import { FrameFields, RuleFields } from '../program/frame.tsx';
import { PreviewPanel, usePreview } from '../program/preview.tsx';
import { type Path, withAt } from '../program/tree.ts';

/** A programme never written before. */
export function NewProgramPage() {
  const { t } = useTranslation('console');
  const district = useDistrict();
  const catalogue = useRoute(routes.program.catalogue);
  return (
    <Page title={t('program.edit.newTitle')} lead={t('program.edit.newLead')} width="wide">
      <Loaded query={catalogue} lines={8}>
        {(loaded) =>
          district ? (
            <Editor
              draftKey="program:new"
              catalogue={loaded}
              begin={emptyDefinition(district.today)}
              program={null}
            />
          ) : null
        }
      </Loaded>
    </Page>
  );
}

/** A new draft of a programme: from the one that waits, else from what is in force. */
export function ProgramEditPage() {
  const { t } = useTranslation('console');
  const both = useBoth();
  const { code } = useParams({ from: '/desk/programs/$code/edit' });
  const catalogue = useRoute(routes.program.catalogue);
  const program = useRouteWhen(true, routes.program.read, { params: { code } });
  const title = program.data
    ? t('program.edit.title', { name: both(program.data.name), code })
    : t('program.edit.newTitle');
  return (
    <Page title={title} lead={t('program.edit.lead')} width="wide">
      <Loaded query={catalogue} lines={8}>
        {(loaded) => (
          <Loaded query={program} lines={8}>
            {(view) => <EditorOf view={view} catalogue={loaded} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function EditorOf({ view, catalogue }: { view: ProgramView; catalogue: Catalogue }) {
  // What the editor was opened from stays, whatever comes in meanwhile: saving says when it is not the newest.
  const [from] = useState(() => draftOf(view) ?? view.versions[0]!);
  return (
    <Editor
      draftKey={`program:${view.code}:${from.id}`}
      catalogue={catalogue}
      begin={from.definition as unknown as Definition}
      program={view}
    />
  );
}

const draftOf = (view: ProgramView) =>
  view.versions.find(({ state }) => state === 'draft' || state === 'proposed');

interface EditorProps {
  draftKey: string;
  catalogue: Catalogue;
  begin: Definition;
  program: ProgramView | null;
}

interface Kept {
  definition: Definition;
  departmentId: string;
  [key: string]: unknown;
}

function useEditor({ draftKey, begin, program, catalogue }: EditorProps) {
  const [empty] = useState<Kept>(() => ({
    definition: begin,
    departmentId: program?.department?.id ?? '',
  }));
  const draft = useDraft(draftKey, empty);
  const { definition } = draft.value;
  const [hasTried, setTried] = useState(false);
  const { preview, isFresh } = usePreview(definition);
  const problems = shownProblems(preview?.problems ?? [], hasTried);
  const change = (how: (now: Definition) => Definition) =>
    draft.update({ definition: how(draft.value.definition) });
  const editing: Editing = {
    definition,
    set: (path: Path, value: unknown) => change((now) => withAt(now, path, value)),
    change,
    problems,
    catalogue,
  };
  return { draft, editing, preview, isFresh, problems, hasTried, setTried };
}

/** Which field a problem is about, in front of its sentence; empty where the place itself says it. */
function useLabels(): (path: string) => string {
  const { t } = useTranslation('console');
  return useCallback(
    (path) => {
      const labels: Record<string, string> = {
        code: t('program.frame.code'),
        'name.zh': t('program.frame.name'),
        'clause.zh': t('program.frame.clause'),
        'benefit.what.zh': t('program.benefit.what'),
        'benefit.formula.amount': t('program.formula.amount'),
        validFrom: t('program.rules.from'),
        validUntil: t('program.rules.until'),
      };
      return labels[path] ? t('program.edit.problem', { label: labels[path] }) : '';
    },
    [t],
  );
}

/** What was not touched yet is not wrong yet; a condition that cannot be read is. */
function shownProblems(problems: readonly Problem[], hasTried: boolean): readonly Problem[] {
  const said = problems.filter(
    // What is told in Chinese while there is no English is missing once.
    ({ path }) =>
      !path.endsWith('.en') || !problems.some((one) => one.path === path.replace(/en$/, 'zh')),
  );
  return hasTried ? said : said.filter(({ path }) => path.startsWith('criteria.'));
}

function Editor(props: EditorProps) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const navigate = useNavigate();
  const { draft, editing, preview, isFresh, problems, hasTried, setTried } = useEditor(props);
  const labelOf = useLabels();
  const save = useSend(routes.program.saveDraft);
  const { departmentId } = draft.value;
  const [base] = useState(() => (props.program ? (draftOf(props.program)?.id ?? null) : null));
  function send() {
    setTried(true);
    if (isFresh && preview && preview.problems.length > 0) return;
    const body = {
      definition: complete(editing.definition),
      departmentId: departmentId || null,
      baseVersionId: base,
    };
    save.run({ body }, ({ code }) => {
      draft.clear();
      say(t('program.edit.saved'));
      void navigate({ to: '/desk/programs/$code', params: { code } });
    });
  }
  const errors = useMemo(
    () =>
      hasTried
        ? Object.fromEntries(problems.map((one) => [one.path, `${labelOf(one.path)}${both(one)}`]))
        : {},
    [hasTried, problems, both, labelOf],
  );
  return (
    <EditingContext.Provider value={editing}>
      {draft.restored && (
        <Notice title={t('program.edit.restored')}>
          <Button kind="quiet" onPress={draft.clear}>
            {t('program.edit.dropRestored')}
          </Button>
        </Notice>
      )}
      <div className="program-editor">
        <Form onSend={send} errors={errors} call={save}>
          <FrameFields
            departmentId={departmentId}
            onDepartment={(id) => draft.update({ departmentId: id })}
            isNew={props.program === null}
          />
          <section className="panel" aria-labelledby="criteria-title">
            <h2 id="criteria-title">{t('program.tree.title')}</h2>
            <p className="soft">{t('program.tree.lead')}</p>
            <NodeEditor path={['criteria']} inHousehold={false} />
          </section>
          <BenefitFields />
          <RuleFields />
          <div className="form-actions">
            <Button type="submit" kind="primary" busy={save.busy}>
              {t('program.edit.save')}
            </Button>
            <ButtonLink to="/desk/programs">{t('program.edit.back')}</ButtonLink>
          </div>
        </Form>
        <PreviewPanel preview={preview} isFresh={isFresh} />
      </div>
    </EditingContext.Provider>
  );
}
