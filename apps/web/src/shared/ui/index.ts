/** The component kit. DataTable is imported from its own file, so that light pages stay light. */
export { Button, ButtonAnchor, type ButtonKind, ButtonLink } from './button.tsx';
export { Checkbox, RadioGroup } from './choices.tsx';
export { ClockState, type WorkingClock } from './clock.tsx';
export {
  Card,
  EmptyState,
  Facts,
  Listed,
  type ListOf,
  Loaded,
  RefusalNotice,
  Steps,
  type Step,
} from './content.tsx';
export { Dialog } from './dialog.tsx';
export { CodeField } from './code-field.tsx';
export { DateField, type Option, Select, TextArea, TextField, YuanField } from './fields.tsx';
export { Form, type FormProps, newFormId, type CallState, useRefusalText } from './form.tsx';
export { BottomBar, SideNav, type NavItem } from './navigation.tsx';
export { PhotoField } from './photo-field.tsx';
export { Page } from './page.tsx';
export { useRoom } from './room.ts';
export { PageSkeleton, Skeleton } from './skeleton.tsx';
export { Notice, State, type Tone } from './state.tsx';
export { ElderSwitch, LanguageSwitch, ReadAloud, RoleSwitch } from './switches.tsx';
export { say } from './toast.tsx';
export {
  DateText,
  dateWords,
  dayWords,
  Figure,
  Money,
  monthWords,
  quantityWords,
  withDates,
} from './words.tsx';
