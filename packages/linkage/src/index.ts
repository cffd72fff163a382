export {
  citizenIdFacts,
  type CitizenIdFacts,
  type CitizenIdReading,
  isCitizenId,
  type KnownFields,
  readCitizenId,
  type Sex,
} from './citizen-id.ts';
export { checkCharacter, hasValidChecksum } from './citizen-id-checksum.ts';
export { type DateReading, readDate } from './dates.ts';
export {
  nameLikeness,
  type NameLikeness,
  type NameReading,
  notesDeath,
  readName,
  soundKey,
} from './names.ts';
export { type SoundOf, usualSound } from './characters.ts';
export {
  type AreaAlias,
  areaBook,
  type AreaBook,
  type AreaCells,
  type AreaNode,
  type AreaReading,
} from './areas.ts';
export { readTelephone } from './telephone.ts';
export { type Cell, packedText, plainText } from './plain-text.ts';
export { readRow, readSex, type RosterRow, type RowFacts } from './row.ts';
export type { Answer } from './answers.ts';
export type { Evidence } from './score.ts';
export { learnModel, type LinkageModel } from './model.ts';
export { type Ask, type Linkage, linkFacts, type LinkOptions, linkRows, readRows } from './link.ts';
export { countingYears, withBirthYear } from './counting-years.ts';
export { type ColumnField, fieldOfHeader } from './column-words.ts';
export { isOtherHeader } from './header.ts';
export { type Column, readSheet, rosterRow, type SheetReading } from './columns.ts';
