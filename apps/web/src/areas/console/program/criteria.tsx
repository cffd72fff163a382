import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import { Button, Select } from '../../../shared/ui/index.ts';
import { nameOf, useEditing, useProblem } from './editing.tsx';
import { emptyLeaf, LeafEditor } from './leaf.tsx';
import { NumberField } from './number-field.tsx';
import {
  asKind,
  bare,
  type Group,
  type GroupKind,
  groupKinds,
  groupPath,
  kindOf,
  type Leaf,
  listKey,
  moved,
  negated,
  type Node,
  partsOf,
  type Path,
  takenOut,
  valueAt,
  withAt,
  without,
  withPart,
} from './tree.ts';

interface NodeProps {
  path: Path;
  inHousehold: boolean;
}

/** A condition or a group of them at a path, with what can be done to it. */
export function NodeEditor({ path, inHousehold }: NodeProps) {
  const { definition } = useEditing();
  const { t } = useTranslation('console');
  const whole = valueAt(definition, path) as Node;
  const { node, steps } = bare(whole);
  const inner = [...path, ...steps];
  const kind = kindOf(node);
  return (
    <div
      className="node"
      data-kind={kind ?? 'leaf'}
      data-negated={steps.length % 2 === 1 || undefined}
    >
      {steps.length % 2 === 1 && <strong className="node-not">{t('program.tree.not')}</strong>}
      {kind === null ? (
        <LeafEditor
          leaf={node as Leaf}
          path={inner}
          inHousehold={inHousehold}
          conditionOf={(where) => <NodeEditor path={where} inHousehold />}
        />
      ) : (
        <GroupEditor kind={kind} group={node as Group} path={inner} inHousehold={inHousehold} />
      )}
      <NodeTools path={path} whole={whole} isGroup={kind !== null} />
    </div>
  );
}

function GroupEditor(props: { kind: GroupKind; group: Group; path: Path; inHousehold: boolean }) {
  const { kind, group, path, inHousehold } = props;
  const { t } = useTranslation('console');
  const { catalogue, change, set } = useEditing();
  const both = useBoth();
  const list = [...path, listKey(kind)];
  const problem = useProblem(list) ?? useProblem(path);
  const add = (part: Node) => change((now) => withPart(now, path, part));
  const first = emptyLeaf(catalogue.fields[0]!);
  return (
    <fieldset className="group">
      <legend className="visually-hidden">{t('program.tree.group')}</legend>
      <div className="group-head">
        <Select
          name={nameOf([...path, 'kind'])}
          label={t('program.tree.kind')}
          hideLabel
          value={kind}
          onChange={(next) => set(path, asKind(group, next as GroupKind))}
          options={groupKinds.map((one) => ({ value: one, label: t(`program.tree.${one}`) }))}
        />
        {'of' in group && (
          <NumberField
            name={nameOf([...path, 'atLeast'])}
            label={t('program.tree.least')}
            hideLabel
            value={group.atLeast}
            onChange={(least) => set([...path, 'atLeast'], least)}
          />
        )}
      </div>
      {problem && <span className="field-error">{both(problem)}</span>}
      {partsOf(group).map((_, at) => (
        <NodeEditor key={at} path={[...list, at]} inHousehold={inHousehold} />
      ))}
      <div className="row">
        <Button onPress={() => add(first)}>{t('program.tree.addLeaf')}</Button>
        <Button onPress={() => add(kind === 'any' ? { all: [first] } : { any: [first] })}>
          {t('program.tree.addGroup')}
        </Button>
      </div>
    </fieldset>
  );
}

function NodeTools({ path, whole, isGroup }: { path: Path; whole: Node; isGroup: boolean }) {
  const { t } = useTranslation('console');
  const { change, set } = useEditing();
  const isTop = path.length === 1 || path.at(-1) === 'where';
  const place = path.at(-1);
  // Which condition a button belongs to, for whoever hears the page.
  const label = (act: string) =>
    t('program.tree.actOn', { act, place: typeof place === 'number' ? place + 1 : '' });
  const button = (key: 'up' | 'down' | 'out' | 'negate' | 'wrap' | 'drop', press: () => void) => (
    <Button kind="quiet" label={label(t(`program.tree.${key}`))} onPress={press}>
      {t(`program.tree.${key}`)}
    </Button>
  );
  return (
    <div className="node-tools">
      {!isTop && button('up', () => change((now) => moved(now, path, -1)))}
      {!isTop && button('down', () => change((now) => moved(now, path, 1)))}
      {!isTop &&
        (groupPath(path)?.length ?? 0) > 1 &&
        button('out', () => change((now) => takenOut(now, path)))}
      {button('negate', () => set(path, negated(whole)))}
      {!isGroup && button('wrap', () => set(path, { all: [whole] }))}
      {path.length > 1 &&
        button('drop', () =>
          place === 'where'
            ? change((now) => dropWhere(now, path))
            : change((now) => without(now, path)),
        )}
    </div>
  );
}

function dropWhere<T>(root: T, path: Path): T {
  const owner = path.slice(0, -1);
  const { where: _dropped, ...leaf } = valueAt(root, owner) as Record<string, unknown>;
  return withAt(root, owner, leaf);
}
