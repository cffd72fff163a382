import { needKindCodes, needStates } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, say, Select, TextField } from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { AreaSelect, useAreas } from './area-select.tsx';
import { needScopes } from './codes.ts';
import { Filters } from './filters.tsx';
import { useKept } from './kept.ts';

type NeedSearch = ReturnType<typeof useNeedSearch>['search'];
interface SavedView {
  name: string;
  search: NeedSearch;
}
const noViews: readonly SavedView[] = [];

/** The filters as the address holds them, so that the back button and a shared link are right. */
export function useNeedSearch() {
  const search = useSearch({ from: '/desk/needs' });
  const navigate = useNavigate({ from: '/desk/needs' });
  return {
    search,
    change: (next: Partial<typeof search>) =>
      void navigate({ search: (now) => ({ ...now, ...next }), replace: true }),
    show: (next: typeof search) => void navigate({ search: next }),
  };
}

/** Kind, state, scope and area; and views kept under a name. */
export function NeedFilters() {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const { search, change } = useNeedSearch();
  const { own } = useAreas();
  return (
    <Filters>
      <Select
        name="scope"
        label={t('need.list.scope')}
        value={search.scope ?? 'open'}
        onChange={(scope) => change({ scope: oneOf(needScopes, scope) })}
        options={[
          { value: 'open', label: t('need.list.scopeOpen') },
          { value: 'overdue', label: t('need.list.scopeOverdue') },
          { value: 'all', label: t('need.list.scopeAll') },
        ]}
      />
      <Select
        name="kind"
        label={t('need.list.kind')}
        value={search.kind ?? ''}
        placeholder={shared('all')}
        onChange={(kind) => change({ kind: oneOf(needKindCodes, kind) })}
        options={needKindCodes.map((kind) => ({ value: kind, label: t(`codes.kind.${kind}`) }))}
      />
      <Select
        name="state"
        label={t('need.list.state')}
        value={search.state ?? ''}
        placeholder={shared('all')}
        onChange={(state) => change({ state: oneOf(needStates, state) })}
        options={needStates.map((state) => ({ value: state, label: t(`codes.state.${state}`) }))}
      />
      {own?.level !== 'community' && (
        <AreaSelect
          name="areaCode"
          label={t('need.list.area')}
          value={search.areaCode ?? ''}
          placeholder={shared('all')}
          onChange={(areaCode) => change({ areaCode: areaCode || undefined })}
        />
      )}
      <SavedViews />
    </Filters>
  );
}

/** Filters kept on this device under a name. */
function SavedViews() {
  const { t } = useTranslation('console');
  const { search, show } = useNeedSearch();
  const [views, setViews] = useKept('need-views', noViews);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const others = views.filter((view) => view.name !== chosen);
  return (
    <>
      {views.length > 0 && (
        <Select
          name="view"
          label={t('need.list.views')}
          value={chosen}
          placeholder={t('need.list.viewChoose')}
          onChange={(picked) => {
            setChosen(picked);
            const view = views.find((one) => one.name === picked);
            if (view) show(view.search);
          }}
          options={views.map((view) => ({ value: view.name, label: view.name }))}
        />
      )}
      <details className="filters-more">
        <summary className="button button-quiet">{t('need.list.viewSave')}</summary>
        <div className="table-columns stack-tight">
          <TextField
            name="viewName"
            label={t('need.list.viewName')}
            value={name}
            onChange={setName}
          />
          <Button
            refusedBecause={name.trim() ? undefined : t('need.list.viewName')}
            onPress={() => {
              const saved = { name: name.trim(), search };
              setViews([...views.filter((view) => view.name !== saved.name), saved]);
              setChosen(saved.name);
              setName('');
              say(t('need.list.viewSaved', { name: saved.name }));
            }}
          >
            {t('need.list.viewSave')}
          </Button>
          {chosen && (
            <Button
              kind="quiet"
              onPress={() => {
                setViews(others);
                setChosen('');
              }}
            >
              {t('need.list.viewDrop')}
            </Button>
          )}
        </div>
      </details>
    </>
  );
}
