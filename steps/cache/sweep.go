package cache

import (
	"strings"

	"marsfix/steps/disk"
)

// Leftovers are the temporary files of copies that were interrupted, beside the place of the copy.
func Leftovers(d disk.Reader, dir string) []disk.Info {
	infos, err := d.List(dir)
	if err != nil {
		return nil // the copy itself will fail and say what is wrong with the folder
	}
	var left []disk.Info
	for _, in := range infos {
		if isLeftover(disk.Base(in.Path)) && !in.Dir && !in.Link {
			left = append(left, in)
		}
	}
	return left
}

// isLeftover reports whether a name is one that Copy gives: "marsfix-", sixteen hex digits, and the suffix of its
// kind.
func isLeftover(name string) bool {
	rest, ok := strings.CutPrefix(name, disk.LeftoverPrefix)
	id, named := strings.CutSuffix(rest, KindOf(name).Suffix())
	return ok && named && disk.IsRandomName(id)
}
