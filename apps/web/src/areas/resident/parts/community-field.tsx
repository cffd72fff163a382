import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Select } from '../../../shared/ui/index.ts';

interface CommunityFieldProps {
  value: string;
  onChange: (areaCode: string) => void;
  /** The label of the empty choice, when leaving it open is an answer too. */
  anywhere?: string;
}

/** A community, found by its street first: two short wheels instead of one with 175 entries. */
export function CommunityField({ value, onChange, anywhere }: CommunityFieldProps) {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const { data } = useRoute(routes.place.areas);
  const areas = data?.areas ?? [];
  const [chosenStreet, setChosenStreet] = useState('');
  const street = chosenStreet || (areas.find((area) => area.code === value)?.parentCode ?? '');
  const placeholder = anywhere ?? shared('choose');
  const options = (level: string, parentCode?: string) =>
    areas
      .filter((area) => area.level === level && (!parentCode || area.parentCode === parentCode))
      .map((area) => ({ value: area.code, label: area.name }));
  return (
    <div className="stack">
      <Select
        name="street"
        label={t('filing.street')}
        value={street}
        placeholder={placeholder}
        options={options('street')}
        onChange={(code) => {
          setChosenStreet(code);
          onChange('');
        }}
      />
      {street && (
        <Select
          name="areaCode"
          label={t('filing.community')}
          value={value}
          placeholder={placeholder}
          options={options('community', street)}
          onChange={onChange}
        />
      )}
    </div>
  );
}
