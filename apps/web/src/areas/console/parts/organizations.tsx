import { type RouteInput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { usePages } from '../../../shared/api/query.ts';
import { type Option, Select, TextField } from '../../../shared/ui/index.ts';

type Kind = NonNullable<NonNullable<RouteInput<typeof routes.organization.list>['query']>['kind']>;

/** Organisations on file to choose from; of one kind, or all. */
export function useOrganizations(kind?: Kind): Option[] {
  const found = usePages(routes.organization.list, { query: { kind, limit: 200 } });
  return found.items.map((one) => ({ value: one.id, label: one.name }));
}

interface FindProps {
  /** The field's name in the contract. */
  name: string;
  labels: { find: string; choose: string };
  value: string;
  onChange: (id: string, name: string) => void;
}

/** Finds one organisation among many: a word of its name, then itself. */
export function FindOrganization({ name, labels, value, onChange }: FindProps) {
  const [text, setText] = useState('');
  const found = usePages(routes.organization.list, {
    query: { text: text.trim() || undefined, limit: 50 },
  });
  return (
    <>
      <TextField
        name="find"
        type="search"
        optional
        label={labels.find}
        value={text}
        onChange={setText}
      />
      <Select
        name={name}
        label={labels.choose}
        placeholder=""
        value={value}
        onChange={(id) => onChange(id, found.items.find((one) => one.id === id)?.name ?? '')}
        options={found.items.map((one) => ({ value: one.id, label: one.name }))}
      />
    </>
  );
}
