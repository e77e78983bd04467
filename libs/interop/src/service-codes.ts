/**
 * The services of Cambodia's exchange: Primero's type and subtype, and OSCaR's name and service id for the same thing.
 * The subtype is our code. Misspelt ones (`accomodation`, `prision`, `healt`) are part of the contract. Two names stand
 * in two categories with one id, and the id of *Other Service* is also that of *Not Specified*.
 */
export const serviceCodes: readonly ServiceCode[] = [
  {
    type: 'social_work_case_work',
    code: 'social_work_case_work_generalist',
    name: 'Generalist social work / case work',
    uuid: '042ffb1c-51de-404b-b69b-fdb9e15c9d36',
  },
  {
    type: 'social_work_case_work',
    code: 'social_work_case_work_community',
    name: 'Community social work',
    uuid: '0568a6f3-68a5-4fff-91c4-aafe4cd606ba',
  },
  {
    type: 'family_based_care',
    code: 'family_based_care_emergency_foster',
    name: 'Emergency foster care',
    uuid: '155c6b46-ac10-4226-b9fd-6e117111b08c',
  },
  {
    type: 'family_based_care',
    code: 'family_based_care_longterm_foster',
    name: 'Long term foster care',
    uuid: '1843eb37-7ec8-4131-8fb9-857559ac379b',
  },
  {
    type: 'family_based_care',
    code: 'family_based_care_kinship',
    name: 'Kinship care',
    uuid: '1a1accbd-90a9-4c71-a077-2595322744cb',
  },
  {
    type: 'family_based_care',
    code: 'family_based_care_domestic_adoption',
    name: 'Domestic adoption support',
    uuid: '1bd9f758-b332-4711-90df-67cf2da5fbef',
  },
  {
    type: 'family_based_care',
    code: 'family_based_care_family_preservation',
    name: 'Family preservation',
    uuid: '1f9219fd-39fb-4f78-be49-6d49e65e3a82',
  },
  {
    type: 'family_based_care',
    code: 'family_based_care_family_reunification',
    name: 'Family reunification',
    uuid: '2292c429-1384-4f47-a5aa-dace6a7425fd',
  },
  {
    type: 'family_based_care',
    code: 'family_based_care_independent_living',
    name: 'Independent Living',
    uuid: '2332dd46-0dd6-4de5-8dc4-9a231b3de9d4',
  },
  {
    type: 'drug_alcohol',
    code: 'drug_alcohol_counselling',
    name: 'Drug and Alcohol Counselling',
    uuid: '2ce1dfad-250f-4b97-b297-cf93971c5199',
  },
  {
    type: 'drug_alcohol',
    code: 'drug_alcohol_detox_rehabilitation',
    name: 'Detox / rehabilitation services',
    uuid: '2eda5b5e-713a-4d8b-aba3-fc6677101583',
  },
  {
    type: 'drug_alcohol',
    code: 'drug_alcohol_detox_support',
    name: 'Detox support',
    uuid: '3084b947-db6c-49fd-b99b-aab64bc01e11',
  },
  {
    type: 'counselling',
    code: 'counselling_generalist',
    name: 'Generalist counselling',
    uuid: '318d3ae6-979d-47e7-9d94-2bb978102078',
  },
  {
    type: 'counselling',
    code: 'counselling_abuse_survivors',
    name: 'Counselling for abuse survivors',
    uuid: '31d3e688-3114-4c3b-9c7d-5108617ba045',
  },
  {
    type: 'counselling',
    code: 'counselling_trauma',
    name: 'Trauma counselling',
    uuid: '37cd9808-c417-4a19-9563-36ac7865e2f8',
  },
  {
    type: 'counselling',
    code: 'counselling_family',
    name: 'Family counselling / mediation',
    uuid: '3a3934a1-4e1f-4376-88f0-74aba189b616',
  },
  {
    type: 'financial_development',
    code: 'financial_development_material_assistance',
    name: 'Direct material assistance',
    uuid: '3c36d45b-bf1a-4988-80b8-767183082d45',
  },
  {
    type: 'financial_development',
    code: 'financial_development_financial_assistance',
    name: 'Direct financial assistance',
    uuid: '4d1df9a8-1e90-40e3-b978-93d283a4a48d',
  },
  {
    type: 'financial_development',
    code: 'financial_development_income_generation',
    name: 'Income generation services',
    uuid: '583dea6d-c0e0-40d5-ba1f-ce4bf7ec1d43',
  },
  {
    type: 'financial_development',
    code: 'financial_development_day_care',
    name: 'Day care services',
    uuid: '5935484c-22bf-42b3-b86f-826ae7decccc',
  },
  {
    type: 'disability_support',
    code: 'disability_support_therapeutic_interventions',
    name: 'Therapeutic interventions',
    uuid: '9a3b4c0e-c2bb-4ca6-bbf2-23b7ae933af4',
  },
  {
    type: 'disability_support',
    code: 'disability_support_respite-care',
    name: 'Disability respite care',
    uuid: '5fe1565f-b152-478e-952d-40ca8ed81a94',
  },
  {
    type: 'disability_support',
    code: 'disability_support_therapeutic_training',
    name: 'Therapeutic training',
    uuid: '9ea024e4-9a6b-4e6e-a0d6-e65758ef5462',
  },
  {
    type: 'disability_support',
    code: 'disability_support_aid_provision',
    name: 'Disability-aid provision',
    uuid: '6a57e90a-80a1-49ee-abe9-b429b56c1591',
  },
  {
    type: 'disability_support',
    code: 'disability_support_peripheral',
    name: 'Peripheral supports',
    uuid: '6bd0d621-4a17-40dd-92c4-249270e44819',
  },
  {
    type: 'disability_support',
    code: 'disability_support_groups',
    name: 'Support groups',
    uuid: '71dc3014-9ff6-4fa2-9da8-ad9fe75be051',
  },
  {
    type: 'medical_support',
    code: 'medical_support_access_care',
    name: 'Support to access care',
    uuid: '7b97ef20-4c25-4d83-b2cb-60efc1ba300f',
  },
  {
    type: 'medical_support',
    code: 'medical_support_provision_medical_case',
    name: 'Provision of medical care',
    uuid: '7c3fd50a-4ec0-45df-b359-d584cbd587af',
  },
  {
    type: 'medical_support',
    code: 'medical_support_medical_training',
    name: 'Medical training services',
    uuid: '7cf865ff-04df-42d1-b56c-0454869a8c5d',
  },
  {
    type: 'medical_support',
    code: 'medical_support_healt_education',
    name: 'Health education',
    uuid: '7dff4d85-3c89-4bcd-8130-25733419f46a',
  },
  {
    type: 'legal_support',
    code: 'legal_support_access_legal_services',
    name: 'Support to access legal services',
    uuid: '86659a7b-52d4-4208-b73d-2ddf4d6dd5cd',
  },
  {
    type: 'legal_support',
    code: 'legal_support_advocacy_services',
    name: 'Legal advocacy services',
    uuid: '8a601af1-b738-4ed8-b47e-fcd079c00b33',
  },
  {
    type: 'legal_support',
    code: 'legal_support_representation',
    name: 'Legal representation',
    uuid: '8f12963c-7b3a-4161-b40c-5ee2bbfd587b',
  },
  {
    type: 'legal_support',
    code: 'legal_support_prision_visitation',
    name: 'Prison visitation support',
    uuid: '920868cf-4586-47dd-8536-5c1159b950f1',
  },
  {
    type: 'mental_health_support',
    code: 'mental_health_support_therapeutic_interventions',
    name: 'Therapeutic interventions',
    uuid: '9a3b4c0e-c2bb-4ca6-bbf2-23b7ae933af4',
  },
  {
    type: 'mental_health_support',
    code: 'mental_health_support_therapeutic_training',
    name: 'Therapeutic training',
    uuid: '9ea024e4-9a6b-4e6e-a0d6-e65758ef5462',
  },
  {
    type: 'mental_health_support',
    code: 'mental_health_support_direct_medical_support',
    name: 'Direct medical support',
    uuid: 'a06ff170-2452-49b6-b357-257b9b741a4c',
  },
  {
    type: 'training_education',
    code: 'training_education_school_support',
    name: 'School support',
    uuid: 'a5647de9-4849-4106-a85c-6dbc0ac0ba50',
  },
  {
    type: 'training_education',
    code: 'training_education_supplementary',
    name: 'Supplementary school education',
    uuid: 'ac096f81-c062-4553-b933-8d0619d6afd6',
  },
  {
    type: 'training_education',
    code: 'training_education_vocational',
    name: 'Vocational education and training',
    uuid: 'af088c36-d75f-4d8f-bc75-98d705faf625',
  },
  {
    type: 'training_education',
    code: 'training_education_material_support',
    name: 'Material support for education (uniforms, etc)',
    uuid: 'af99e68e-872b-4a6f-a6fc-785e1ba76db3',
  },
  {
    type: 'training_education',
    code: 'training_education_scholarships',
    name: 'Scholarships or financial support',
    uuid: 'b3109dcc-cd03-44cd-b6cf-811dcfc246ff',
  },
  {
    type: 'training_education',
    code: 'training_education_life_skills',
    name: 'Life skills',
    uuid: 'c7db1f28-8235-409c-acfd-51b0a1d546c8',
  },
  {
    type: 'family_support',
    code: 'family_support_family_support',
    name: 'Family support',
    uuid: 'cb5bea66-c7eb-49ca-8fa7-a7d0ef0c889f',
  },
  {
    type: 'anti_trafficking',
    code: 'anti_trafficking_rescue',
    name: 'Rescue Services',
    uuid: 'cd738c25-49ea-4089-8267-8b56cac6da86',
  },
  {
    type: 'anti_trafficking',
    code: 'anti_trafficking_transitional_accomodation',
    name: 'Transitional Accommodation',
    uuid: 'cee0935f-e7c2-4905-9a97-dd98a740c527',
  },
  {
    type: 'anti_trafficking',
    code: 'anti_trafficking_post_trafficking',
    name: 'Post-Trafficking Counseling',
    uuid: 'd3df3fdb-1db2-463d-ae12-e43ee3e759fb',
  },
  {
    type: 'anti_trafficking',
    code: 'anti_trafficking_community_reintegration',
    name: 'Community Reintegration Support',
    uuid: 'defe205c-5f8c-42ba-b3f9-4d905b856b2f',
  },
  {
    type: 'other',
    code: 'residential_care_gov_only_other',
    name: 'Residential Care Institution',
    uuid: 'eff810d3-f1ff-4c79-976c-c3fcf5d4e392',
  },
  { type: 'other', code: 'other_other_service', name: 'Other Service', uuid: 'f1a4e827-19f7-4f96-90f6-69e35f73d867' },
];

export interface ServiceCode {
  type: string;
  code: string;
  name: string;
  uuid: string;
}

/** OSCaR's names for Primero's types, where a service's name alone doesn't say which is meant. */
export const serviceCategories: Record<string, string> = {
  social_work_case_work: 'Social Work / Case Work',
  family_based_care: 'Family Based Care',
  drug_alcohol: 'Drug/Alcohol',
  counselling: 'Counselling',
  financial_development: 'Financial Development',
  disability_support: 'Disability Support',
  medical_support: 'Medical Support',
  legal_support: 'Legal Support',
  mental_health_support: 'Mental Health Support',
  training_education: 'Training and Education',
  family_support: 'Family Support',
  anti_trafficking: 'Anti-Trafficking',
  other: 'Other',
};

/** A service of OSCaR that Cambodia's Primero has no subtype for. */
export const oscarOnlyServices: readonly Pick<ServiceCode, 'name' | 'uuid'>[] = [
  { name: 'Literacy Support', uuid: 'f1d4c696-1de7-466e-8319-577a74bcc481' },
];

/** Service types of Primero's own seed, which have no subtypes. The misspelt one is Primero's. */
export const seedServiceTypes: ReadonlySet<string> = new Set([
  'safehouse_service',
  'health_medical_service',
  'psychosocial_service',
  'police_other_service',
  'legal_assistance_service',
  'livelihoods_service',
  'child_protection_service',
  'family_mediation_service',
  'family_seunification_service',
  'education_service',
  'nfi_clothes_shoes_service',
  'water_sanitation_service',
  'registration_service',
  'food_service',
  'other_service',
]);

/** Services that only this product names (reference 8). */
export const ownServices: ReadonlySet<string> = new Set([
  'DIGITAL_TAKEDOWN',
  'EVIDENCE_PRESERVATION',
  'PEP',
  'EC',
  'FORENSIC_EXAM',
  'CHILD_INTERVIEW',
  'LAWYER_DEFENCE',
  'LAWYER_VICTIM',
  'BAIL_SUPPORT',
  'SOCIAL_REPORT',
  'BIRTH_REGISTRATION',
  'IDPOOR',
  'FAMILY_PACKAGE',
  'HEALTH_EQUITY_FUND',
  'DISABILITY_ID',
  'RESPITE',
  'SCHOOL_REENROL',
  'INTERPRETER',
  'SAFE_TRANSPORT',
  'FAMILY_TRACING',
  'REPATRIATION',
]);
