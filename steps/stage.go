package steps

import (
	"context"
	"fmt"
	"strings"

	"marsfix/steps/disk"
)

// runPrefix begins the name of a folder in which a copy of the installer is started.
const runPrefix = "marsfix-run-"

// Staged is a copy of an installer in a folder that only administrators can write to. Started from there, no DLL that somebody put
// beside the download is loaded, and nobody can change the file between check and start.
type Staged struct {
	Dir  string
	Path string
	ID   disk.ID
}

// stage copies an installer that was looked at into a fresh private folder, and looks at the copy. Where that cannot be done the
// problem says why.
func stage(ctx context.Context, m Machine, f Facts, pr Program, e env) (Staged, *Problem) {
	if f.About.DataDir == "" {
		return Staged{}, &Problem{Code: "not-staged", Message: "this computer has no folder for programs' data",
			Hint: "start the installer at the desktop"}
	}
	if free, err := m.Disk().Free(f.About.DataDir); err == nil && free < uint64(pr.Info.Size) {
		return Staged{}, &Problem{Code: "not-staged",
			Message: fmt.Sprintf("only %s free beside \"%s\"", size(int64(free)), f.About.DataDir),
			Hint:    "make room on that drive, then press r"}
	}
	s := Staged{Dir: join(f.About.DataDir, runPrefix+randomName())}
	s.Path = join(s.Dir, baseOf(pr.Path))
	if err := m.Writer().MakePrivate(s.Dir); err != nil {
		return Staged{}, writeProblem(s.Dir, err)
	}
	if err := s.fill(ctx, m, pr, e); err != nil {
		s.remove(m)
		return Staged{}, writeProblem(s.Path, err)
	}
	staged := inspectProgram(ctx, m, s.Path)
	if why := unlike(staged, pr); why != "" {
		s.remove(m)
		return Staged{}, &Problem{Code: codeChanged,
			Message: fmt.Sprintf("the private copy of \"%s\" is not what was looked at: %s", pr.Path, why),
			Hint:    "press r to look at it again"}
	}
	return s, nil
}

// unlike says in what a copy differs from the installer that was looked at; empty when in nothing that was looked at.
func unlike(staged, pr Program) string {
	switch {
	case staged.Trouble != nil:
		return staged.Trouble.Message
	case staged.SHA256 != pr.SHA256:
		return "its bytes are others"
	case staged.Signature != pr.Signature:
		return "it is " + staged.Signature.words()
	}
	return ""
}

// fill copies the installer, which must still be the file that was looked at.
func (s *Staged) fill(ctx context.Context, m Machine, pr Program, e env) error {
	src, err := m.Disk().Open(pr.Path, disk.ShareRead)
	if err != nil {
		return err
	}
	defer src.Close() // opened for reading: closing it can lose nothing
	info, err := src.Info()
	if err != nil {
		return err
	}
	if info.ID != pr.Info.ID || info.Size != pr.Info.Size || !info.Written.Equal(pr.Info.Written) {
		return disk.ErrChanged
	}
	dst, err := m.Writer().Create(s.Path)
	if err != nil {
		return err
	}
	made, err := dst.Info()
	if err == nil {
		s.ID = made.ID
		_, err = pour(ctx, dst, src, info.Size, reportBytes(e.report, "copying", info.Size))
	} else if at, serr := m.Disk().Stat(s.Path); serr == nil {
		s.ID = at.ID // so that it can be removed
	}
	if cerr := dst.Close(); err == nil {
		err = cerr
	}
	return err
}

// remove takes the copy and its folder away. While the installer runs that fails, and the next start or the end tries again.
func (s Staged) remove(m Machine) {
	if s.ID != (disk.ID{}) && m.Writer().Remove(s.Path, s.ID) != nil {
		return
	}
	_ = m.Writer().RemoveFolder(s.Dir) // an empty folder left behind hurts nobody, and the next start takes it
}

// sweepStaged removes what earlier starts left behind and nothing runs from any more. A folder that does not belong to the system or an
// administrator is none of ours: every user can make folders there.
func sweepStaged(m Machine, f Facts) {
	dirs, err := m.Disk().List(f.About.DataDir)
	if err != nil {
		return // what is left there takes room and nothing else
	}
	for _, dir := range dirs {
		if !dir.Dir || dir.Link || !isRunFolder(baseOf(dir.Path)) {
			continue
		}
		if o, err := m.Disk().Owner(dir.Path); err != nil || o.Trust != disk.Trusted {
			continue
		}
		files, err := m.Disk().List(dir.Path)
		if err != nil || len(files) > 1 {
			continue
		}
		s := Staged{Dir: dir.Path}
		for _, in := range files {
			s.Path, s.ID = in.Path, in.ID
		}
		s.remove(m)
	}
}

// isRunFolder tells whether a name is one that stage gives.
func isRunFolder(name string) bool {
	id, ok := strings.CutPrefix(name, runPrefix)
	return ok && isRandomName(id)
}

// besides names the DLLs that lie beside a program: started in place, it may load them.
func besides(d disk.Reader, path string) []string {
	var dlls []string
	for _, n := range listNames(d, dirOf(path)) {
		if strings.HasSuffix(strings.ToLower(n), ".dll") {
			dlls = append(dlls, n)
		}
	}
	return dlls
}

// stagedRows says from where a program was started.
func stagedRows(s Staged, beside []string) []Row {
	if s.Path != "" {
		return []Row{{Label: "from", Value: "a copy in a folder for administrators only, removed at the end", Extra: true}}
	}
	if len(beside) > 0 {
		return []Row{{Label: "beside it", Value: strings.Join(beside, "  "), Note: "it may load these DLLs", Tone: Warn}}
	}
	return nil
}
