# Writes the files beside it by h5py 3.13 with HDF5 1.14 (Debian's python3-h5py): python3 make.py
# Row i of train is (i / 2, i + 1/4, -i), and of test (i, i, i). neighbors and distances are those of squared Euclidean distances, by NumPy.
import h5py
import numpy as np

i = np.arange(12)
TRAIN = np.stack([i / 2, i + 0.25, -i], axis=1)
TEST = np.repeat(np.arange(3.0)[:, None], 3, axis=1)
SQUARES = ((TEST[:, None, :] - TRAIN[None, :, :]) ** 2).sum(axis=2)
NEAREST = np.argsort(SQUARES, axis=1, kind='stable')[:, :5]


# As ann-benchmarks writes it, in contiguous data sets and in chunks.
def write_all(name, float, ids, **layout):
    with h5py.File(name, 'w') as file:
        file.attrs['distance'] = 'euclidean'
        file.create_dataset('train', data=TRAIN.astype(float), **layout)
        file.create_dataset('test', data=TEST.astype(float), **layout)
        file.create_dataset('neighbors', data=NEAREST.astype(ids), **layout)
        file.create_dataset('distances', data=np.take_along_axis(SQUARES, NEAREST, 1).astype(float))


write_all('contiguous.hdf5', '<f4', '<i4')
write_all('gzip.hdf5', '<f8', '<i8', chunks=(2, 2), compression='gzip')


def write(name, float='<f4', options={}, **layout):
    with h5py.File(name, 'w', **options) as file:
        file.create_dataset('train', data=TRAIN.astype(float), **layout)


write('double.h5', '<f8')
write('big-endian.h5', '>f4')
write('chunks.h5', chunks=(5, 2))
write('big-endian-chunks.h5', '>f8', chunks=(5, 2), compression='gzip', shuffle=True)
write('shuffle.h5', chunks=(5, 2), compression='gzip', shuffle=True)
write('shuffle-alone.h5', chunks=(7, 3), shuffle=True)
write('one-chunk.h5', chunks=(12, 3), compression='gzip', shuffle=True)
write('track-order.h5', options=dict(track_order=True), chunks=(5, 3), compression='gzip')
write('version-1.8.h5', options=dict(libver=('v108', 'v108')), chunks=(5, 2), compression='gzip', shuffle=True)
write('latest.h5', options=dict(libver='latest'))
write('latest-chunks.h5', options=dict(libver='latest'), chunks=(5, 2))
write('lzf.h5', chunks=(5, 2), compression='lzf')
write('checksum.h5', chunks=(5, 2), fletcher32=True)
write('half.h5', '<f2')
write('user-block.h5', options=dict(userblock_size=512))

# An index of two levels.
with h5py.File('many-chunks.h5', 'w') as file:
    file.create_dataset('train', data=np.arange(160.0).reshape(80, 2).astype('<f4'), chunks=(1, 2), compression='gzip')

with h5py.File('others.h5', 'w') as file:
    file['text'] = np.array([[b'a', b'b']])
    file['pairs'] = np.zeros((3, 2), dtype=[('a', 'f4'), ('b', 'i4')])
    file['line'] = np.arange(4, dtype='f4')
    file['cube'] = np.zeros((2, 2, 2), dtype='f4')
    file['number'] = 1.5
    file['empty'] = h5py.Empty('f4')
    file['truth'] = np.array([[True, False]])
    file['nan'] = np.array([[1, 2], [np.nan, 3]], dtype='f4')
    file['large'] = np.array([[1, 1e39]], dtype='f8')
    file['named-type'] = np.dtype('f4')
    file.create_dataset('of-named-type', data=np.ones((2, 2)), dtype=file['named-type'])
    file.create_dataset('none', shape=(0, 3), dtype='f4')
    file.create_dataset('unwritten', shape=(4, 3), dtype='f4')
    file.create_dataset('outside', shape=(2, 2), dtype='f4', external=[('contiguous.hdf5', 0, 16)])
    file.create_dataset('holes', shape=(12, 2), chunks=(4, 2), dtype='f4')[0:4] = 1
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((2, 2))
    h5py.h5d.create(file.id, b'compact', h5py.h5t.IEEE_F32LE, space, compact)

with h5py.File('links.h5', 'w') as file:
    file['group/inner/train'] = TRAIN.astype('<f4')
    file['group/back'] = file['group']
    file['soft'] = h5py.SoftLink('/group/inner/train')
    file['loop'] = h5py.SoftLink('/loop')

with h5py.File('external-links.h5', 'w') as file:
    file['train'] = h5py.ExternalLink('contiguous.hdf5', '/train')
    file['soft'] = h5py.SoftLink('/train')

virtual = h5py.VirtualLayout(shape=(12, 3), dtype='f4')
virtual[:] = h5py.VirtualSource('contiguous.hdf5', 'train', shape=(12, 3))
with h5py.File('virtual.h5', 'w', libver='latest') as file:
    file.create_virtual_dataset('train', virtual)

# More than eight names lie in a heap of their own if their order is kept.
with h5py.File('dense.h5', 'w', track_order=True) as file:
    for name in ['train'] + ['x%d' % k for k in range(9)]:
        file[name] = TRAIN[:1].astype('<f4')
