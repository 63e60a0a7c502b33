package look

import (
	"fmt"
	"slices"
	"strings"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

const (
	upEntry    = ".."
	DrivesPath = "drives" // the list of drives, above every drive's root
	mostShown  = 200      // entries of one folder
)

// browse lists the folder that is shown for choosing: its folders, and the files with the wanted suffix.
func browse(d disk.Reader, f Facts, suffix string) Facts {
	f.Browsing, f.Unlisted = nil, 0
	if f.Choices.Browse == DrivesPath {
		drives, err := d.Drives()
		if err != nil {
			f.Trouble = &screen.Problem{Code: screen.CodeFolderUnreadable,
				Message: fmt.Sprintf("cannot list the drives: %v", disk.Cause(err)), Then: screen.LookAgain}
		}
		for _, dr := range drives {
			f.Browsing = append(f.Browsing, Entry{Name: dr, Path: dr, Dir: true})
		}
		return f
	}
	f.Browsing = []Entry{{Name: upEntry, Path: above(f.Choices.Browse), Dir: true}}
	infos, err := d.List(f.Choices.Browse)
	if err != nil {
		f.Trouble = &screen.Problem{Code: screen.CodeFolderUnreadable,
			Message: fmt.Sprintf("cannot list \"%s\": %v", f.Choices.Browse, disk.Cause(err)),
			Cure:    "choose .. for the folder above"}
		return f
	}
	var folders, files []Entry
	for _, in := range infos {
		e := Entry{Name: disk.Base(in.Path), Path: in.Path, Dir: in.Dir, Size: in.Size, Written: in.Written}
		switch {
		case in.Dir:
			folders = append(folders, e)
		case strings.HasSuffix(strings.ToLower(e.Name), suffix):
			files = append(files, e)
		}
	}
	all := len(folders) + len(files)
	files = files[:min(len(files), mostShown)]
	folders = folders[:min(len(folders), mostShown-len(files))] // they give way: a file is what is looked for
	f.Browsing = slices.Concat(f.Browsing, folders, files)
	f.Unlisted = all - len(folders) - len(files)
	return f
}

func above(dir string) string {
	if len(dir) <= 3 {
		return DrivesPath
	}
	return disk.Dir(dir)
}
