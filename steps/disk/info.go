package disk

import (
	"errors"
	"io/fs"
	"slices"
)

// WithInfo is a file that was just opened for reading, with what it is: WithInfo(d.Open(path, ShareAll)). On an error
// nothing stays open.
func WithInfo(file File, err error) (File, Info, error) {
	if err != nil {
		return nil, Info{}, err
	}
	info, err := file.Info()
	if err != nil {
		file.Close() // opened for reading: closing it can lose nothing
		return nil, Info{}, err
	}
	return file, info, nil
}

// describe asks for each name of a folder, sorted. One that goes away meanwhile is left out.
func describe(names []string, stat func(name string) (Info, error)) ([]Info, error) {
	list := make([]Info, 0, len(names))
	for _, name := range slices.Sorted(slices.Values(names)) {
		info, err := stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		info.Path = name
		list = append(list, info)
	}
	return list, nil
}

// checkSame says why what was opened to be changed is not the file that was meant.
func checkSame(info Info, same ID) error {
	switch {
	case info.Dir:
		return ErrIsFolder
	case same == ID{} || info.ID != same:
		return ErrChanged
	}
	return nil
}
