package cache

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// InspectCached is Inspect for what stands under a name in the cache folder.
func InspectCached(ctx context.Context, l computer.Looker, path string, report func(screen.Progress)) Package {
	p := inspectOpened(ctx, l, path, report, openCached)
	if p.Trouble != nil && p.Trouble.Code == screen.CodeLinkInPath {
		p.Trouble.Cure, p.Trouble.Then = fmt.Sprintf(`find out who made the link (dir /aL /q "%s")`,
			disk.Dir(disk.Dir(path))), screen.LookAgain
	}
	return p
}

// openCached opens a file of the cache so that others can only read it meanwhile. A cache folder that is a junction
// (where the Windows drive is small) is followed, and so is a link in it: only administrators can make one there. A
// link that belongs to anybody else is not, and none where others may write behind it: they could exchange the file for
// a link to a share of theirs.
//
// Documented: there are servers whose folder was moved to another drive,
// https://learn.microsoft.com/archive/blogs/thbrown/unable-to-install-sp3-for-exchange-2007-with-error-code-1635, and a
// process under RedirectionGuard follows no junction that was made without an administrator's rights,
// https://learn.microsoft.com/windows/win32/api/winnt/ns-winnt-process-mitigation-redirection-trust-policy. Inferred:
// that Windows Installer follows one which an administrator has made, as every program does. No document of Microsoft's
// says so; users have reported both that it does and (of Windows XP) that it puts a folder of its own in its place.
func openCached(d disk.Reader, path string) (f disk.File, shared bool, err error) {
	f, shared, err = d.OpenStrict(path)
	if !errors.Is(err, disk.ErrLink) {
		return f, shared, err
	}
	for _, at := range []string{disk.Dir(path), path} {
		o, look := d.Owner(at)
		if look != nil || o.Trust != disk.Trusted {
			return nil, false, errors.Join(err, look)
		}
	}
	if look := d.Guarded(disk.Dir(path)); look != nil {
		return nil, false, &fs.PathError{Op: "open", Path: path,
			Err: fmt.Errorf("%w; the folder to which it leads: %w", disk.ErrLink, disk.Cause(look))}
	}
	f, err = d.Open(path, disk.ShareRead)
	if errors.Is(err, disk.ErrShared) {
		f, err = d.Open(path, disk.ShareAll)
		return f, true, err
	}
	return f, false, err
}
