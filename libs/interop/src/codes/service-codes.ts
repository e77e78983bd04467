/** Primero's subtype, OSCaR's name and OSCaR's service id, by Primero's type. */
const byType: Record<string, [code: string, name: string, uuid: string][]> = {
  social_work_case_work: [
    ['social_work_case_work_generalist', 'Generalist social work / case work', '042ffb1c-51de-404b-b69b-fdb9e15c9d36'],
    ['social_work_case_work_community', 'Community social work', '0568a6f3-68a5-4fff-91c4-aafe4cd606ba'],
  ],
  family_based_care: [
    ['family_based_care_emergency_foster', 'Emergency foster care', '155c6b46-ac10-4226-b9fd-6e117111b08c'],
    ['family_based_care_longterm_foster', 'Long term foster care', '1843eb37-7ec8-4131-8fb9-857559ac379b'],
    ['family_based_care_kinship', 'Kinship care', '1a1accbd-90a9-4c71-a077-2595322744cb'],
    ['family_based_care_domestic_adoption', 'Domestic adoption support', '1bd9f758-b332-4711-90df-67cf2da5fbef'],
    ['family_based_care_family_preservation', 'Family preservation', '1f9219fd-39fb-4f78-be49-6d49e65e3a82'],
    ['family_based_care_family_reunification', 'Family reunification', '2292c429-1384-4f47-a5aa-dace6a7425fd'],
    ['family_based_care_independent_living', 'Independent Living', '2332dd46-0dd6-4de5-8dc4-9a231b3de9d4'],
  ],
  drug_alcohol: [
    ['drug_alcohol_counselling', 'Drug and Alcohol Counselling', '2ce1dfad-250f-4b97-b297-cf93971c5199'],
    ['drug_alcohol_detox_rehabilitation', 'Detox / rehabilitation services', '2eda5b5e-713a-4d8b-aba3-fc6677101583'],
    ['drug_alcohol_detox_support', 'Detox support', '3084b947-db6c-49fd-b99b-aab64bc01e11'],
  ],
  counselling: [
    ['counselling_generalist', 'Generalist counselling', '318d3ae6-979d-47e7-9d94-2bb978102078'],
    ['counselling_abuse_survivors', 'Counselling for abuse survivors', '31d3e688-3114-4c3b-9c7d-5108617ba045'],
    ['counselling_trauma', 'Trauma counselling', '37cd9808-c417-4a19-9563-36ac7865e2f8'],
    ['counselling_family', 'Family counselling / mediation', '3a3934a1-4e1f-4376-88f0-74aba189b616'],
  ],
  financial_development: [
    ['financial_development_material_assistance', 'Direct material assistance', '3c36d45b-bf1a-4988-80b8-767183082d45'],
    [
      'financial_development_financial_assistance',
      'Direct financial assistance',
      '4d1df9a8-1e90-40e3-b978-93d283a4a48d',
    ],
    ['financial_development_income_generation', 'Income generation services', '583dea6d-c0e0-40d5-ba1f-ce4bf7ec1d43'],
    ['financial_development_day_care', 'Day care services', '5935484c-22bf-42b3-b86f-826ae7decccc'],
  ],
  disability_support: [
    [
      'disability_support_therapeutic_interventions',
      'Therapeutic interventions',
      '9a3b4c0e-c2bb-4ca6-bbf2-23b7ae933af4',
    ],
    ['disability_support_respite-care', 'Disability respite care', '5fe1565f-b152-478e-952d-40ca8ed81a94'],
    ['disability_support_therapeutic_training', 'Therapeutic training', '9ea024e4-9a6b-4e6e-a0d6-e65758ef5462'],
    ['disability_support_aid_provision', 'Disability-aid provision', '6a57e90a-80a1-49ee-abe9-b429b56c1591'],
    ['disability_support_peripheral', 'Peripheral supports', '6bd0d621-4a17-40dd-92c4-249270e44819'],
    ['disability_support_groups', 'Support groups', '71dc3014-9ff6-4fa2-9da8-ad9fe75be051'],
  ],
  medical_support: [
    ['medical_support_access_care', 'Support to access care', '7b97ef20-4c25-4d83-b2cb-60efc1ba300f'],
    ['medical_support_provision_medical_case', 'Provision of medical care', '7c3fd50a-4ec0-45df-b359-d584cbd587af'],
    ['medical_support_medical_training', 'Medical training services', '7cf865ff-04df-42d1-b56c-0454869a8c5d'],
    ['medical_support_healt_education', 'Health education', '7dff4d85-3c89-4bcd-8130-25733419f46a'],
  ],
  legal_support: [
    ['legal_support_access_legal_services', 'Support to access legal services', '86659a7b-52d4-4208-b73d-2ddf4d6dd5cd'],
    ['legal_support_advocacy_services', 'Legal advocacy services', '8a601af1-b738-4ed8-b47e-fcd079c00b33'],
    ['legal_support_representation', 'Legal representation', '8f12963c-7b3a-4161-b40c-5ee2bbfd587b'],
    ['legal_support_prision_visitation', 'Prison visitation support', '920868cf-4586-47dd-8536-5c1159b950f1'],
  ],
  mental_health_support: [
    [
      'mental_health_support_therapeutic_interventions',
      'Therapeutic interventions',
      '9a3b4c0e-c2bb-4ca6-bbf2-23b7ae933af4',
    ],
    ['mental_health_support_therapeutic_training', 'Therapeutic training', '9ea024e4-9a6b-4e6e-a0d6-e65758ef5462'],
    ['mental_health_support_direct_medical_support', 'Direct medical support', 'a06ff170-2452-49b6-b357-257b9b741a4c'],
  ],
  training_education: [
    ['training_education_school_support', 'School support', 'a5647de9-4849-4106-a85c-6dbc0ac0ba50'],
    ['training_education_supplementary', 'Supplementary school education', 'ac096f81-c062-4553-b933-8d0619d6afd6'],
    ['training_education_vocational', 'Vocational education and training', 'af088c36-d75f-4d8f-bc75-98d705faf625'],
    [
      'training_education_material_support',
      'Material support for education (uniforms, etc)',
      'af99e68e-872b-4a6f-a6fc-785e1ba76db3',
    ],
    ['training_education_scholarships', 'Scholarships or financial support', 'b3109dcc-cd03-44cd-b6cf-811dcfc246ff'],
    ['training_education_life_skills', 'Life skills', 'c7db1f28-8235-409c-acfd-51b0a1d546c8'],
  ],
  family_support: [['family_support_family_support', 'Family support', 'cb5bea66-c7eb-49ca-8fa7-a7d0ef0c889f']],
  anti_trafficking: [
    ['anti_trafficking_rescue', 'Rescue Services', 'cd738c25-49ea-4089-8267-8b56cac6da86'],
    [
      'anti_trafficking_transitional_accomodation',
      'Transitional Accommodation',
      'cee0935f-e7c2-4905-9a97-dd98a740c527',
    ],
    ['anti_trafficking_post_trafficking', 'Post-Trafficking Counseling', 'd3df3fdb-1db2-463d-ae12-e43ee3e759fb'],
    [
      'anti_trafficking_community_reintegration',
      'Community Reintegration Support',
      'defe205c-5f8c-42ba-b3f9-4d905b856b2f',
    ],
  ],
  other: [
    ['residential_care_gov_only_other', 'Residential Care Institution', 'eff810d3-f1ff-4c79-976c-c3fcf5d4e392'],
    ['other_other_service', 'Other Service', 'f1a4e827-19f7-4f96-90f6-69e35f73d867'],
  ],
};

/**
 * The services of Cambodia's exchange: what both systems call the same thing. The subtype is our code. Misspelt ones
 * (`accomodation`, `prision`, `healt`) are part of the contract. Two names stand in two categories with one id, and the
 * id of *Other Service* is also that of *Not Specified*.
 */
export const serviceCodes: readonly ServiceCode[] = Object.entries(byType).flatMap(([type, services]) =>
  services.map(([code, name, uuid]) => ({ type, code, name, uuid })),
);

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
