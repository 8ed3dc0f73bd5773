//! Bugs of the product that the simulation found, each as the shortest story that showed it.

use crate::setting::Setting;
use crate::step::{Act, Mishap, Step, Store};
use crate::story::tell;

fn step(act: Act, dice: u64) -> Step {
    Step { act, dice }
}

fn holds(setting: Setting, steps: &[Step]) {
    let outcome = tell(setting, steps).outcome;
    assert!(outcome.is_ok(), "{outcome:?}");
}

/// A receives an object before it knows of the grant, refuses it, and asks for it again when it knows: by then its
/// author had narrowed it, and offered it all the same (I5).
#[test]
fn what_was_narrowed_is_not_offered_again() {
    let steps = [
        step(Act::Connect { a: 0, b: 1 }, 0xf536_fd23_4408_17ef),
        step(Act::Connect { a: 0, b: 2 }, 0xcfbf_e284_a07e_3dca),
        step(Act::Connect { a: 1, b: 2 }, 0xcb9b_5c4e_377c_9a7e),
        step(Act::Propose { at: 0, wide: false }, 0xd381_0af5_68be_5543),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0x7924_ceff_3c7d_61ea),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0x94c0_99b8_a49c_532f),
        step(Act::Deliver { from: 2, to: 1, frames: 12 }, 0xa348_da1c_7e65_4f57),
        step(Act::Turn { at: 0, times: 8 }, 0xa22d_748b_2440_8756),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0x69f2_4d80_7ad9_40ad),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x5d3b_a66a_09b5_b474),
        step(Act::Sign { at: 0 }, 0x404f_2e0e_a00c_227f),
        step(Act::Sign { at: 1 }, 0xca78_bf8a_575a_1021),
        step(Act::Sign { at: 2 }, 0xdfc0_6cad_edf2_cc9c),
        step(Act::Turn { at: 1, times: 8 }, 0x92ca_d9a1_9ace_7197),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0x8984_3a76_f1eb_be95),
        step(Act::Turn { at: 0, times: 4 }, 0x55b9_dbe2_e341_e484),
        step(Act::Deliver { from: 0, to: 2, frames: 6 }, 0xc2f3_1b35_27e8_c14e),
        step(Act::Publish { at: 2, objects: 1 }, 0x8cb8_5845_c0fb_95d1),
        step(Act::Turn { at: 2, times: 8 }, 0x27b3_78cf_d335_ba5e),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0xb35c_a834_8467_95b7),
        step(Act::Retract { at: 2 }, 0xd279_7595_2139_71bc),
    ];
    holds(Setting { nodes: 3, liar: Some(1), exercise: 0 }, &steps);
}

/// B proposes an amendment that leaves A out; A, who does not hear of it, leaves the agreement in force. C took the unsigned
/// amendment for the measure of who is a party, ignored A's word, and went on sending (I5).
#[test]
fn an_unsigned_amendment_takes_nobodys_right_to_leave() {
    let steps = [
        step(Act::Connect { a: 0, b: 2 }, 0x0c85_0f1a_25f6_8088),
        step(Act::Connect { a: 1, b: 2 }, 0x8450_8fd5_8a17_748a),
        step(Act::Propose { at: 2, wide: true }, 0x1c15_b8e3_81da_11cf),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x2504_7e79_ecaf_f390),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0xda36_3949_783e_61f2),
        step(Act::Turn { at: 2, times: 8 }, 0x5635_902e_097b_3c4f),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0x8dad_d46d_12c5_de22),
        step(Act::Deliver { from: 2, to: 1, frames: 12 }, 0xdbbd_84a7_8d06_f4ca),
        step(Act::Sign { at: 0 }, 0xe8ea_f2a3_4cd8_43e3),
        step(Act::Sign { at: 1 }, 0x4b0a_30f4_1981_16a0),
        step(Act::Sign { at: 2 }, 0x5312_3ebe_182c_ef2f),
        step(Act::Amend { at: 1 }, 0x901d_7c45_56c4_3230),
        step(Act::Withdraw { at: 0 }, 0x39bd_3c9c_fe3b_ee6e),
        step(Act::Turn { at: 0, times: 8 }, 0xe534_428b_eb57_9a2e),
        step(Act::Turn { at: 1, times: 8 }, 0x0d89_e764_80d9_150c),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0x749d_366c_cede_f2c6),
        step(Act::Deliver { from: 0, to: 2, frames: 4 }, 0x2792_d7ee_a8e5_e724),
        step(Act::Publish { at: 2, objects: 2 }, 0x1b8f_69cc_42bc_c5dd),
    ];
    holds(Setting { nodes: 3, liar: None, exercise: 0 }, &steps);
}

/// B refuses an object before it knows of the grant, keeps its hash, and loses power: its note that the object may be
/// asked for again was not on the disk yet, though the hash was (convergence).
#[test]
fn what_was_refused_is_asked_for_after_a_power_cut() {
    let steps = [
        step(Act::Connect { a: 0, b: 1 }, 0xb409_7717_2624_1170),
        step(Act::Connect { a: 0, b: 2 }, 0xabda_0a12_5558_3f01),
        step(Act::Connect { a: 0, b: 3 }, 0xc7c1_781a_c4be_60cd),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0xab8d_2e63_9c88_5bec),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0x3104_049d_78a1_59bb),
        step(Act::Propose { at: 0, wide: true }, 0x7310_7881_a683_88f9),
        step(Act::Turn { at: 0, times: 8 }, 0x2733_fc35_ece5_a171),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0x7377_efce_a724_6cb3),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x0aec_1afd_2e61_2a2f),
        step(Act::Sign { at: 0 }, 0x9865_ad58_9064_bb74),
        step(Act::Sign { at: 1 }, 0x7b56_6a1a_4004_bc2a),
        step(Act::Sign { at: 2 }, 0x4534_6ac5_c2a0_e6af),
        step(Act::Deliver { from: 3, to: 0, frames: 12 }, 0x10fa_aae2_8fa0_a522),
        step(Act::Turn { at: 0, times: 8 }, 0x5f2d_3814_7f3b_e4f5),
        step(Act::Turn { at: 1, times: 8 }, 0xf012_5a22_ebd5_a799),
        step(Act::Turn { at: 2, times: 8 }, 0x5c26_e1b1_1d92_7dfe),
        step(Act::Deliver { from: 0, to: 3, frames: 12 }, 0xd454_6313_4da4_0d12),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0x8518_7205_4195_5018),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0x99f1_2526_6a95_5a2c),
        step(Act::Sign { at: 3 }, 0x9092_2718_5c31_39b5),
        step(Act::Turn { at: 3, times: 8 }, 0x90e4_0173_ebc6_0e15),
        step(Act::Deliver { from: 3, to: 0, frames: 12 }, 0x8094_2be4_1b90_ccc4),
        step(Act::Publish { at: 0, objects: 2 }, 0x36cb_d259_dd55_0f4d),
        step(Act::Turn { at: 0, times: 8 }, 0xea83_b545_89c9_b799),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0x1d04_3dff_bbcf_9b9d),
        step(Act::Stop { at: 1 }, 0xd6e7_9cf1_380f_df9e),
        step(Act::Start { at: 1, store: Store::Older }, 0x1fd4_6661_c323_d521),
    ];
    holds(Setting { nodes: 4, liar: Some(3), exercise: 0 }, &steps);
}

/// B erases an object that its collection had dated later than it arrived; the views kept its place (I4).
#[test]
fn an_object_dated_later_than_it_arrived_is_forgotten_too() {
    let steps = [
        step(Act::Connect { a: 0, b: 1 }, 0x4fd2_bc1a_037a_0d59),
        step(Act::Connect { a: 0, b: 2 }, 0x29da_deaf_ca30_5399),
        step(Act::Connect { a: 1, b: 2 }, 0x0f3d_0315_facb_7d0f),
        step(Act::Propose { at: 0, wide: true }, 0xc55b_34b3_6ecd_4b14),
        step(Act::Propose { at: 1, wide: true }, 0xffb6_9c69_8110_e2e5),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0x8a13_126a_68e0_1e82),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x9ab6_863a_a3c8_1c81),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0x0ce6_6390_0ea5_52ce),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0x48e5_53c4_e4bd_d2d4),
        step(Act::Deliver { from: 2, to: 1, frames: 12 }, 0x5222_ab01_0dc2_390e),
        step(Act::Turn { at: 0, times: 8 }, 0xabc7_4cea_bc90_af03),
        step(Act::Turn { at: 1, times: 8 }, 0x67c9_9571_07b5_0f18),
        step(Act::Turn { at: 2, times: 8 }, 0xf6db_94a4_2bc6_4ce8),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0x6dda_b50b_8030_38dd),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0x1552_1c3c_4b4a_6fec),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0x2619_79e2_2194_d17c),
        step(Act::Sign { at: 0 }, 0x462e_8697_d82b_faf8),
        step(Act::Sign { at: 1 }, 0xee55_53de_a56d_760f),
        step(Act::Sign { at: 1 }, 0x808b_a11b_3e6c_038f),
        step(Act::Sign { at: 2 }, 0x8a81_807e_820b_0745),
        step(Act::Turn { at: 0, times: 8 }, 0xe9b6_e902_b005_1efc),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0xaa3d_ea93_06b9_b5ac),
        step(Act::Propose { at: 2, wide: true }, 0x3ea2_6af9_8d22_3e7d),
        step(Act::Turn { at: 1, times: 8 }, 0x7314_a1a1_1f98_3f64),
        step(Act::Turn { at: 2, times: 8 }, 0x2762_2567_ad7d_209a),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0x2713_b59e_c294_a9aa),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0x2154_425a_e784_3555),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0xb37f_13c7_ac12_66c5),
        step(Act::Deliver { from: 2, to: 1, frames: 12 }, 0x33bd_c0b2_2fc4_31d1),
        step(Act::Sign { at: 1 }, 0x960f_e755_4abf_bedd),
        step(Act::Sign { at: 2 }, 0x03ef_48ac_50bc_53d2),
        step(Act::Turn { at: 0, times: 8 }, 0x031c_7acf_e5eb_3209),
        step(Act::Turn { at: 1, times: 8 }, 0x9020_c85d_0c46_e5ca),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0x84a8_178d_9418_a5e0),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0x0b4c_bab0_454c_8d6b),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0x25c8_9909_0508_9a96),
        step(Act::Sign { at: 0 }, 0xee47_535b_14b0_2c5c),
        step(Act::Turn { at: 0, times: 8 }, 0x13b9_279d_e45f_2c8d),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x5601_88c0_5b75_63cb),
        step(Act::Publish { at: 2, objects: 3 }, 0x8a5b_11ea_fed2_05d1),
        step(Act::Publish { at: 2, objects: 2 }, 0xbb4d_ff37_f1fb_9e81),
        step(Act::PublishSlowly { at: 1 }, 0x79c9_67a2_34f3_9be1),
        step(Act::Withdraw { at: 0 }, 0xd13a_3227_429e_6a6b),
        step(Act::Turn { at: 2, times: 4 }, 0xafe8_36a7_198d_bec6),
        step(Act::Deliver { from: 2, to: 1, frames: 3 }, 0x0148_a016_c679_e36a),
        step(Act::Deliver { from: 1, to: 2, frames: 6 }, 0x9d51_f3c6_b7df_178a),
        step(Act::Publish { at: 0, objects: 2 }, 0x5921_4a58_ec37_e518),
        step(Act::Turn { at: 1, times: 3 }, 0xf683_378e_df0e_3cd1),
        step(Act::Deliver { from: 1, to: 2, frames: 2 }, 0x2116_db14_e696_0cb2),
        step(Act::Deliver { from: 2, to: 0, frames: 5 }, 0x0f9e_5e70_27af_6077),
        step(Act::Turn { at: 0, times: 1 }, 0x4838_2dc1_1424_1eba),
        step(Act::Deliver { from: 0, to: 1, frames: 5 }, 0xd099_344c_2b1c_d246),
        step(Act::Turn { at: 0, times: 8 }, 0x89b5_a400_98dd_a5d8),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0xa2ef_cb8a_9318_efd4),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x710f_f40c_973e_3230),
        step(Act::Propose { at: 0, wide: false }, 0xd0e5_c919_eb32_7334),
        step(Act::Deliver { from: 2, to: 0, frames: 2 }, 0x0203_f7a6_9ad6_538a),
        step(Act::Publish { at: 1, objects: 3 }, 0x7d33_b363_1a0a_0252),
        step(Act::Erase { at: 1 }, 0xe46f_79ab_e8d5_e38a),
    ];
    holds(Setting { nodes: 3, liar: None, exercise: 0 }, &steps);
}

/// A file that an exercise wrote for a party, with nothing new in it, was read at the party's real node (I6).
#[test]
fn a_file_of_an_exercise_is_not_read_in_reality() {
    let steps = [
        step(Act::Export { from: 3, to: 4 }, 0xf0e8_623f_e031_20dc),
        step(Act::Import { at: 1 }, 0x03a7_5e72_ebb6_b697),
    ];
    holds(Setting { nodes: 3, liar: Some(0), exercise: 2 }, &steps);
}

/// An acknowledgement that came twice was taken for a peer that had gone back, and the batch after it was forgotten: what
/// was withheld of it, because the views did not know its class yet, was never looked at again.
#[test]
fn an_acknowledgement_said_twice_forgets_nothing() {
    let steps = [
        step(Act::Connect { a: 0, b: 1 }, 0x86e5_9a4f_2d3a_7cfd),
        step(Act::Connect { a: 0, b: 2 }, 0xf21a_6fc0_6477_a676),
        step(Act::Connect { a: 1, b: 2 }, 0x3843_77f0_05b2_01df),
        step(Act::Propose { at: 0, wide: true }, 0x2706_e02a_c000_c81b),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0x5374_08e1_ceb3_f176),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0x50d4_4567_904a_56a7),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0xb941_7079_e170_b852),
        step(Act::Turn { at: 0, times: 8 }, 0x70f7_49ad_bd19_71a5),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0x2fce_5283_a9be_78da),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x1af6_31b5_6024_7622),
        step(Act::Sign { at: 0 }, 0x41d6_ccf2_547d_4ec2),
        step(Act::Sign { at: 1 }, 0xe13c_7e2a_9785_dd4d),
        step(Act::Sign { at: 2 }, 0x8b40_f39b_4e10_6784),
        step(Act::Turn { at: 2, times: 8 }, 0x741b_68db_d82c_5479),
        step(Act::Deliver { from: 2, to: 1, frames: 12 }, 0x782b_df1f_33c6_2220),
        step(Act::Turn { at: 0, times: 8 }, 0x9f3f_d054_4ea5_e21c),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0xdb27_e069_241f_eb57),
        step(Act::Deliver { from: 0, to: 1, frames: 6 }, 0x6b97_8a6b_13df_1445),
        step(Act::Mishap { from: 1, to: 2, mishap: Mishap::Doubled }, 0xabb6_b933_e142_e033),
        step(Act::Stall { at: 1, stalled: true }, 0x4837_72d3_3317_5a7f),
        step(Act::Publish { at: 1, objects: 3 }, 0xceb8_1735_d37a_54c2),
        step(Act::Turn { at: 1, times: 8 }, 0xa44b_3f3c_9061_2838),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0x7e68_6bec_2090_a811),
        step(Act::Deliver { from: 2, to: 1, frames: 12 }, 0x4860_9f1a_9c1e_f40e),
        step(Act::Group { at: 1 }, 0x584f_0e52_6168_a7e2),
        step(Act::Turn { at: 1, times: 8 }, 0x1ade_560e_064d_ccc8),
    ];
    holds(Setting { nodes: 3, liar: None, exercise: 0 }, &steps);
}

/// A record that was revealed and did not hash to what had been promised was refused, as if its content were at fault, and
/// noted as sent; now the session ends, and it is sent again.
#[test]
fn a_reveal_of_something_else_ends_the_session() {
    let steps = [
        step(Act::Connect { a: 4, b: 5 }, 0xfb8a_066d_0d73_da4d),
        step(Act::Propose { at: 4, wide: true }, 0x600a_f7ac_ce7e_06e2),
        step(Act::Deliver { from: 5, to: 4, frames: 12 }, 0x88e2_f44d_43bc_7d84),
        step(Act::Publish { at: 4, objects: 3 }, 0x5e11_8b40_89f9_8bb0),
        step(Act::Turn { at: 4, times: 2 }, 0xa455_40dc_9a93_d52a),
        step(Act::Deliver { from: 4, to: 5, frames: 5 }, 0x4a75_c7ff_f9a2_0e76),
        step(Act::Deliver { from: 5, to: 4, frames: 4 }, 0x180c_b030_927b_2b29),
        step(Act::Turn { at: 4, times: 8 }, 0xba18_21f8_20be_a8ef),
        step(Act::Stall { at: 4, stalled: true }, 0x9731_cfbf_85f6_c2ef),
        step(Act::Retract { at: 4 }, 0x513e_f32a_6747_140e),
        step(Act::Turn { at: 4, times: 1 }, 0x1276_3ef0_cef9_2161),
        step(Act::Deliver { from: 4, to: 5, frames: 4 }, 0x1ce5_dc3e_0ac3_b4b6),
        step(Act::Deliver { from: 5, to: 4, frames: 2 }, 0x6ba9_1b0e_a8a6_69cb),
        step(Act::Mishap { from: 4, to: 5, mishap: Mishap::Forged }, 0xe425_6ceb_5798_90cc),
        step(Act::Turn { at: 4, times: 8 }, 0x7e62_5f2e_2970_4c4f),
        step(Act::Deliver { from: 4, to: 5, frames: 12 }, 0x88f4_3281_115f_c9a6),
        step(Act::Deliver { from: 5, to: 4, frames: 12 }, 0x02ef_855e_41c8_e043),
    ];
    holds(Setting { nodes: 4, liar: Some(2), exercise: 2 }, &steps);
}

/// The books of what went out named classes by their numbers, which are others after an erasure has the views folded anew:
/// what an agreement released was never revealed.
#[test]
fn an_erasure_changes_no_class_in_the_books() {
    let steps = [
        step(Act::Connect { a: 0, b: 1 }, 0x59ad_43ef_6762_d5ec),
        step(Act::Connect { a: 0, b: 2 }, 0x6657_f314_1dfc_45dc),
        step(Act::Connect { a: 1, b: 2 }, 0x2a84_c5f5_3dad_ff77),
        step(Act::Propose { at: 0, wide: true }, 0x7054_5c99_bce7_b8d3),
        step(Act::Deliver { from: 1, to: 0, frames: 12 }, 0x58fa_0494_ef0d_5a2f),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0xbbd5_b883_1238_be22),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0x09af_4503_5c59_1678),
        step(Act::Turn { at: 0, times: 8 }, 0x3b86_d12b_5466_69a3),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0x5777_412d_15fb_a678),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x78c6_fef0_a7b5_61b2),
        step(Act::Deliver { from: 2, to: 1, frames: 12 }, 0x52c6_a4d2_d886_4173),
        step(Act::Sign { at: 0 }, 0xeda5_ffb9_88a8_e85c),
        step(Act::Sign { at: 1 }, 0x3274_470e_ef44_4880),
        step(Act::Sign { at: 2 }, 0xb738_c6c5_e0f9_c2be),
        step(Act::Turn { at: 0, times: 8 }, 0xe0c2_709d_f455_03ee),
        step(Act::Deliver { from: 0, to: 1, frames: 12 }, 0xae55_c27b_842d_3829),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0x178d_e760_b04d_7bee),
        step(Act::Publish { at: 1, objects: 1 }, 0x7028_37cc_7d70_8e88),
        step(Act::Publish { at: 1, objects: 1 }, 0x7046_3561_e89f_54ed),
        step(Act::Publish { at: 1, objects: 2 }, 0x1f1e_c5c8_5f9d_25d3),
        step(Act::Retract { at: 1 }, 0x46a3_ef98_24d1_81ff),
        step(Act::Turn { at: 2, times: 3 }, 0x282a_928e_bb08_d264),
        step(Act::Amend { at: 1 }, 0x34b1_d140_8c2a_767d),
        step(Act::Turn { at: 1, times: 2 }, 0xe3ca_8a56_3ccf_6020),
        step(Act::Deliver { from: 1, to: 2, frames: 4 }, 0xa734_6ccf_64f5_234e),
        step(Act::Deliver { from: 2, to: 1, frames: 4 }, 0xf5d7_081d_fa53_89d9),
        step(Act::Publish { at: 2, objects: 3 }, 0xe86c_4534_4f3b_6505),
        step(Act::Sign { at: 1 }, 0xc20b_a90a_6699_d837),
        step(Act::Publish { at: 1, objects: 1 }, 0x0462_38b0_6736_690b),
        step(Act::Turn { at: 1, times: 8 }, 0x3fb8_79b4_eb12_5a7c),
        step(Act::Turn { at: 2, times: 8 }, 0x1fdb_96a2_948a_399f),
        step(Act::Deliver { from: 1, to: 2, frames: 12 }, 0xed90_1938_333e_ec36),
        step(Act::Deliver { from: 2, to: 1, frames: 12 }, 0x5c28_6a99_cbe0_dcec),
        step(Act::Publish { at: 1, objects: 2 }, 0xefe6_47ee_6b2e_1c71),
        step(Act::Erase { at: 1 }, 0x8bd9_d273_6c52_7567),
        step(Act::Sign { at: 2 }, 0x8f98_83ae_4697_453e),
    ];
    holds(Setting { nodes: 3, liar: Some(1), exercise: 0 }, &steps);
}

/// Views that lag gave two changes of a group the same number, and the first of them counted: who was taken in by the second got
/// nothing, and who was put out by it would still have got everything.
#[test]
fn of_two_changes_of_a_group_with_one_number_the_later_counts() {
    let steps = [
        step(Act::Connect { a: 0, b: 2 }, 0x13f440f6995c6394),
        step(Act::Connect { a: 0, b: 4 }, 0x42f66297d704300d),
        step(Act::Connect { a: 1, b: 4 }, 0x33ca6a6d7c08fcf9),
        step(Act::Connect { a: 2, b: 4 }, 0x2119bf617a0a274c),
        step(Act::Connect { a: 3, b: 4 }, 0x899e8fef9eedc876),
        step(Act::Propose { at: 4, wide: true }, 0xa5c0448d83145c8b),
        step(Act::Propose { at: 2, wide: true }, 0xbb3c22f74d4c229b),
        step(Act::Deliver { from: 0, to: 4, frames: 12 }, 0x5f99687d177e0a16),
        step(Act::Deliver { from: 1, to: 4, frames: 12 }, 0x344f1c6208e05dcd),
        step(Act::Deliver { from: 2, to: 4, frames: 12 }, 0x704e72a9835cf0e),
        step(Act::Deliver { from: 3, to: 4, frames: 12 }, 0x1d883a05b1620378),
        step(Act::Turn { at: 4, times: 8 }, 0x688a38667432562b),
        step(Act::Deliver { from: 0, to: 2, frames: 12 }, 0xae4dd346f017a8cd),
        step(Act::Deliver { from: 4, to: 0, frames: 12 }, 0xb23d68e5de5b37cd),
        step(Act::Deliver { from: 4, to: 1, frames: 12 }, 0xd75a20d2816a53fa),
        step(Act::Deliver { from: 4, to: 2, frames: 12 }, 0xea1a8983867f8934),
        step(Act::Deliver { from: 4, to: 3, frames: 12 }, 0xa464e924d7ba3cbe),
        step(Act::Sign { at: 0 }, 0x5931f90caa97f79b),
        step(Act::Sign { at: 1 }, 0x1d1e61ba744d570f),
        step(Act::Sign { at: 2 }, 0xd473dffca63c68db),
        step(Act::Sign { at: 2 }, 0x8b669398639dd231),
        step(Act::Sign { at: 3 }, 0xea570ebc2cdf532c),
        step(Act::Turn { at: 2, times: 8 }, 0x69f0facb8b57e458),
        step(Act::Deliver { from: 2, to: 0, frames: 12 }, 0xc3ce799514ab76c6),
        step(Act::Stall { at: 0, stalled: true }, 0xebbd0e3c6b8104fa),
        step(Act::Group { at: 0 }, 0x582fc2141c7317c2),
        step(Act::Deliver { from: 2, to: 3, frames: 6 }, 0x6792ba21f5e6d2a0),
        step(Act::Publish { at: 0, objects: 3 }, 0x51559557c9a9101a),
        step(Act::Group { at: 0 }, 0xa076d78acc9f3bc7),
        step(Act::Sign { at: 4 }, 0xa459ff703baba570),
        step(Act::Group { at: 0 }, 0x7af6d7de507debb1),
    ];
    holds(Setting { nodes: 5, liar: Some(2), exercise: 0 }, &steps);
}
