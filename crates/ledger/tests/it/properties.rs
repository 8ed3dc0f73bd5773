//! Properties over many generated cases.

use ledger::merkle::{
    Hash, TileId, TileView, Tree, leaf_hash, node_hash, root_of, verify_consistency, verify_inclusion,
};
use ledger::{CheckpointNote, conformance};
use model::Digest;
use proptest::prelude::*;

/// RFC 6962 §2.1, as it is written, over whole lists.
mod naive {
    use super::{Hash, node_hash, root_of};

    fn split(count: usize) -> usize {
        let mut power = 1;
        while power * 2 < count {
            power *= 2;
        }
        power
    }

    pub fn root(leaves: &[Hash]) -> Hash {
        if leaves.len() < 2 {
            return root_of(leaves);
        }
        let (left, right) = leaves.split_at(split(leaves.len()));
        node_hash(&root(left), &root(right))
    }

    pub fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() < 2 {
            return Vec::new();
        }
        let (left, right) = leaves.split_at(split(leaves.len()));
        let (mut path, other) = if index < left.len() {
            (path(index, left), right)
        } else {
            (path(index - left.len(), right), left)
        };
        path.push(root(other));
        path
    }

    pub fn proof(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
        if old == leaves.len() {
            return if whole { Vec::new() } else { vec![root(leaves)] };
        }
        let (left, right) = leaves.split_at(split(leaves.len()));
        let (mut proof, other) = if old <= left.len() {
            (proof(old, left, whole), right)
        } else {
            (proof(old - left.len(), right, false), left)
        };
        proof.push(root(other));
        proof
    }
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count as u32).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

/// Tiles as a store would hold them, in memory.
fn view(leaves: &[Hash]) -> TileView<impl FnMut(TileId) -> Result<Vec<Hash>, ledger::merkle::MissingTile>> {
    TileView::new(move |id: TileId| {
        let width = 256_usize.pow(id.level.into());
        let full = leaves.chunks_exact(width).skip(id.index as usize * 256).take(256);
        Ok(full.map(naive::root).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn inclusion_proofs_are_those_of_the_definition(size in 1_usize..600, pick in any::<prop::sample::Index>()) {
        let (leaves, index) = (leaves(size), pick.index(size));
        let path = view(&leaves).inclusion(index as u64, size as u64).unwrap();
        prop_assert_eq!(&path, &naive::path(index, &leaves));
        let root = naive::root(&leaves);
        prop_assert_eq!(verify_inclusion(&leaves[index], index as u64, size as u64, &path, &root), Ok(()));
        for wrong in 0..path.len() {
            let mut bad = path.clone();
            bad[wrong][0] ^= 1;
            prop_assert!(verify_inclusion(&leaves[index], index as u64, size as u64, &bad, &root).is_err());
        }
        let longer = [path.clone(), vec![root]].concat();
        prop_assert!(verify_inclusion(&leaves[index], index as u64, size as u64, &longer, &root).is_err());
        if let Some((_, shorter)) = path.split_last() {
            prop_assert!(verify_inclusion(&leaves[index], index as u64, size as u64, shorter, &root).is_err());
        }
    }

    #[test]
    fn consistency_proofs_are_those_of_the_definition(size in 1_usize..600, pick in any::<prop::sample::Index>()) {
        let (leaves, old) = (leaves(size), pick.index(size) + 1);
        let proof = view(&leaves).consistency(old as u64, size as u64).unwrap();
        prop_assert_eq!(&proof, &naive::proof(old, &leaves, true));
        let (old_root, new_root) = (naive::root(&leaves[..old]), naive::root(&leaves));
        prop_assert_eq!(verify_consistency(old as u64, size as u64, &proof, &old_root, &new_root), Ok(()));
        for wrong in 0..proof.len() {
            let mut bad = proof.clone();
            bad[wrong][31] ^= 1;
            prop_assert!(verify_consistency(old as u64, size as u64, &bad, &old_root, &new_root).is_err());
        }
        if old < size {
            prop_assert!(verify_consistency(old as u64, size as u64, &proof, &new_root, &new_root).is_err());
        }
    }

    #[test]
    fn a_tree_grown_in_any_steps_has_the_root_and_tiles_of_the_definition(steps in prop::collection::vec(0_usize..400, 1..6)) {
        let total = steps.iter().sum();
        let leaves = leaves(total);
        let (mut tree, mut next) = (Tree::default(), 0);
        let mut tiles = std::collections::HashMap::new();
        for step in steps {
            let growth = tree.extend(leaves[next..next + step].iter().copied());
            tiles.extend(growth.tiles().map(|(id, hashes)| (id, hashes.to_vec())));
            next += step;
        }
        prop_assert_eq!(tree.root(), naive::root(&leaves));
        for (id, stored) in tiles {
            let full = stored.len() == 256;
            let expected = view(&leaves).tile(id).unwrap().to_vec();
            prop_assert!(if full || id.level > 0 { stored == expected } else { false }, "{:?}", id);
        }
    }

    #[test]
    fn proofs_of_anything_never_panic(
        index in any::<u64>(), size in any::<u64>(), proof in prop::collection::vec(any::<[u8; 32]>(), 0..70), root in any::<[u8; 32]>(),
    ) {
        let _ = verify_inclusion(&root, index, size, &proof, &root);
        let _ = verify_consistency(index, size, &proof, &root, &root);
    }

    #[test]
    fn a_checkpoint_of_anything_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,40}\n[0-9]{0,25}\n[A-Za-z0-9+/=]{40,46}\n\n(\u{2014} [a-z+ ]{0,8} [A-Za-z0-9+/=]{0,20}\n){0,3}") {
        let _ = CheckpointNote::parse(&bytes);
        let _ = CheckpointNote::parse(text.as_bytes());
    }

    #[test]
    fn a_signed_checkpoint_reads_back_and_any_changed_byte_is_found(
        size in 0..i64::MAX as u64, root in any::<[u8; 32]>(), place in any::<prop::sample::Index>(),
    ) {
        let author = conformance::Author::new(1);
        let note = CheckpointNote::sign(&author.key.origin(), size, Digest(root), &author.keys);
        let read = CheckpointNote::parse(note.as_bytes()).unwrap();
        prop_assert_eq!((read.size(), read.root()), (size, Digest(root)));
        prop_assert!(read.verify(&author.key.origin(), author.keys.verifying()).is_ok());
        let mut bytes = note.as_bytes().to_vec();
        let place = place.index(bytes.len());
        bytes[place] ^= 1;
        let verdict = CheckpointNote::parse(&bytes).map(|note| note.verify(&author.key.origin(), author.keys.verifying()));
        prop_assert!(!matches!(verdict, Ok(Ok(()))), "byte {}", place);
    }
}
