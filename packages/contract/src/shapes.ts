/** Every schema of the contract by name, for those who need a type or a form check. */
export * from './attachment.ts';
export * from './desk.ts';
export * from './distribution.shapes.ts';
export * from './donation.ts';
export * from './fund.ts';
export * from './goods.shapes.ts';
export * from './message.ts';
export * from './need.shapes.ts';
export * from './organization.ts';
export * from './place.ts';
export * from './program.shapes.ts';
export * from './publication.ts';
export * from './resident.ts';
export * from './resource.ts';
export * from './roster.ts';
export * from './session.ts';
export * from './values.ts';
