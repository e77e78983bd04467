/** English and Khmer. `reviewed` turns true when a native speaker of the field has read the Khmer. */
export interface Text {
  en: string;
  km: string;
  reviewed: boolean;
}
