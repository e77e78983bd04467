/** Kinds of files that the program takes at all, told by their content. */
export const attachmentKinds = ['pdf', 'text', 'png', 'jpeg', 'docx', 'odt'] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];
