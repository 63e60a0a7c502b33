package computer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// AgentName is how the agent is registered (uninstall entries may add to it).
const AgentName = "Microsoft Azure Recovery Services Agent"

// IsAgent reports whether a product is the MARS Agent, by its name.
func IsAgent(p Product) bool {
	return strings.HasPrefix(strings.ToLower(p.Name), strings.ToLower(AgentName))
}

// ProductAt is the product whose cached package, or one of whose cached patches, has this path.
func (r Registration) ProductAt(path string) *Product {
	is := func(local string) bool { return path != "" && local != "" && disk.SamePath(local, path) }
	for i, p := range r.Products {
		if is(p.LocalPackage) || slices.ContainsFunc(p.Patches,
			func(patch Patch) bool { return is(patch.LocalPackage) }) {
			return &r.Products[i]
		}
	}
	return nil
}

// Registration is what Windows Installer has registered.
type Registration struct {
	Products []Product
	Silent   bool            // this computer has no registration that could be read
	Trouble  *screen.Problem // it could not be read
}

// Unread is why a registration that could be read before cannot be read now.
func (r Registration) Unread() *screen.Problem {
	if r.Trouble != nil {
		return r.Trouble
	}
	return RegistrationUnreadable(ErrSilent)
}

// LeavesOpen reports whether the log counts alone: there is no registration, or the agent's does not tell its package.
func (r Registration) LeavesOpen() bool {
	mars := false
	for _, p := range r.Products {
		if IsAgent(p) && p.LocalPackage != "" {
			return false
		}
		mars = mars || IsAgent(p)
	}
	return r.Silent || mars
}

// RegistrationUnread says why a product may be registered with the cached file at path, and nobody could read of it;
// nil when all could be read that names a file of its kind.
func RegistrationUnread(r Registration, path string) *screen.Problem {
	patch := strings.HasSuffix(strings.ToLower(path), ".msp")
	if r.Silent {
		return r.Unread()
	}
	for _, p := range r.Products {
		if p.Err != "" && (p.LocalPackage == "" || patch) {
			return RegistrationUnreadable(fmt.Errorf("%s: %s", cmp.Or(p.ProductCode, p.Name), p.Err))
		}
	}
	return nil
}

// ReadRegistration reads every product that is registered.
func ReadRegistration(ctx context.Context, l Looker) Registration {
	ps, err := l.Products(ctx)
	switch {
	case errors.Is(err, ErrSilent):
		return Registration{Silent: true}
	case err != nil:
		return Registration{Silent: true, Trouble: RegistrationUnreadable(err)}
	}
	return Registration{Products: ps}
}

// RegistrationUnreadable is the problem of a registration that could not be read.
func RegistrationUnreadable(err error) *screen.Problem {
	p := &screen.Problem{Code: screen.CodeUnread,
		Message: fmt.Sprintf("cannot read Windows Installer's registration: %v", err),
		Cure:    "ask Microsoft Support, and do not change the registration", Then: screen.LookFirst}
	if errors.Is(err, fs.ErrPermission) {
		p.Cure, p.Then = elevated, screen.Nothing
		p.Refused = "somebody has changed the rights of the registration: ask Microsoft Support, and do not change them yourself"
	}
	return p
}
