import { routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../api/query.ts';
import { chooseLanguage, useElder } from '../preferences.ts';
import { homeOf, useSession } from '../session/session.ts';
import { Button } from './button.tsx';
import { Select } from './fields.tsx';

/** Chinese or English, at once and remembered. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'en' ? 'zh' : 'en';
  return (
    <span lang={other === 'en' ? 'en' : 'zh-CN'}>
      <Button kind="quiet" onPress={() => void chooseLanguage(i18n, other)}>
        {t('language.switchTo')}
      </Button>
    </span>
  );
}

/** 长辈版: larger type and targets everywhere. */
export function ElderSwitch() {
  const { t } = useTranslation();
  const { elder, setElder } = useElder();
  return (
    <Button kind="quiet" onPress={() => setElder(!elder)}>
      {t(elder ? 'elder.turnOff' : 'elder.turnOn')}
    </Button>
  );
}

/** Reads the page's main text aloud with the device's own voice; absent where it has none. */
export function ReadAloud() {
  const { t, i18n } = useTranslation();
  const [able, setAble] = useState(false);
  const [reading, setReading] = useState(false);
  useEffect(() => {
    setAble('speechSynthesis' in window);
    return () => window.speechSynthesis?.cancel();
  }, []);
  function toggle() {
    window.speechSynthesis.cancel();
    setReading(!reading);
    if (reading) return;
    const words = new SpeechSynthesisUtterance(document.getElementById('main')?.innerText ?? '');
    words.lang = i18n.language === 'en' ? 'en' : 'zh-CN';
    words.rate = 0.9;
    words.onend = () => setReading(false);
    window.speechSynthesis.speak(words);
  }
  if (!able) return null;
  return (
    <Button kind="quiet" pressed={reading} onPress={toggle}>
      {t(reading ? 'readAloud.stop' : 'readAloud.start')}
    </Button>
  );
}

/** Chooses which of one's roles is active; nothing when there is only one. */
export function RoleSwitch({ label, nameOf }: { label: string; nameOf: (role: string) => string }) {
  const { session } = useSession();
  const switchRole = useCall(routes.session.switchRole);
  const navigate = useNavigate();
  if (!session || session.roles.length < 2) return null;
  async function choose(roleId: string) {
    const next = await switchRole.send({ body: { roleId } });
    await navigate({ to: homeOf(next.activeRole) });
  }
  return (
    <Select
      name="activeRoleId"
      label={label}
      value={session.activeRoleId}
      onChange={(roleId) => void choose(roleId)}
      options={session.roles.map((held) => ({
        value: held.id,
        label: [nameOf(held.role), held.organizationName ?? held.area?.name]
          .filter(Boolean)
          .join(' · '),
      }))}
    />
  );
}
