package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
)

// serviceTokenLife is how long the tokens of a split trial's services are valid.
const serviceTokenLife = 365 * 24 * time.Hour

func tokenCommand(args []string) error {
	flags := flag.NewFlagSet("kinerja token", flag.ContinueOnError)
	keys := flags.String("keys", filepath.Join(defaultData(), "keys"), "directory with private.key")
	tenant := flags.String("tenant", "", "tenant id, such as 3402; * for a service")
	person := flags.String("person", "", "person id; empty for a client")
	client := flags.String("client", "", "client id, when it is not a person")
	roles := flags.String("roles", "employee", "roles, separated by commas: "+roleNames())
	life := flags.Duration("life", time.Hour, "how long the token is valid")
	err := flags.Parse(args)
	if err != nil {
		return usage(err)
	}
	claims := auth.Claims{Subject: *client, Person: *person, Tenant: *tenant, TTL: *life}
	if *person != "" {
		claims.Subject = *person
	}
	claims.Roles, err = parseRoles(*roles)
	if err != nil {
		return err
	}
	signer, err := auth.LoadSigner(filepath.Join(*keys, auth.PrivateKeyFile), clock.System())
	if err != nil {
		return err
	}
	token, err := signer.Sign(claims)
	if err != nil {
		return err
	}
	fmt.Println(token)
	return nil
}

// keysCommand makes what the services of a split deployment read: the public key, and a token for each to call the others
// with. The private key, which none of them needs, may be kept elsewhere.
func keysCommand(args []string) error {
	flags := flag.NewFlagSet("kinerja keys", flag.ContinueOnError)
	dir := flags.String("dir", "keys", "directory to write to; keys that are there are kept")
	private := flags.String("private", "", "directory of the private key; that of --dir when empty")
	services := flags.String("services", "planning,assessment,scoring,reporting", "names of the services, separated by commas")
	err := flags.Parse(args)
	if err != nil {
		return usage(err)
	}
	if *private == "" {
		*private = *dir
	}
	signer, err := auth.LoadOrCreateKeys(*private, clock.System())
	if err != nil {
		return err
	}
	err = publish(*private, *dir)
	if err != nil {
		return err
	}
	for _, name := range strings.Split(*services, ",") {
		token, err := signer.Sign(auth.Claims{
			Subject: name, Tenant: auth.AnyTenant, Roles: []commonv1.Role{commonv1.Role_ROLE_SERVICE}, TTL: serviceTokenLife,
		})
		if err != nil {
			return err
		}
		err = os.WriteFile(filepath.Join(*dir, name+".token"), []byte(token), 0o600)
		if err != nil {
			return err
		}
	}
	return nil
}

// publish copies the public key to where the services read it.
func publish(from, to string) error {
	if from == to {
		return nil
	}
	key, err := os.ReadFile(filepath.Join(from, auth.PublicKeyFile))
	if err != nil {
		return err
	}
	err = os.MkdirAll(to, 0o700)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, auth.PublicKeyFile), key, 0o600)
}

func usage(err error) error {
	if err == flag.ErrHelp { //nolint:errorlint // the flag package returns it bare
		return err
	}
	return errUsage
}

const rolePrefix = "ROLE_"

func parseRoles(list string) ([]commonv1.Role, error) {
	var roles []commonv1.Role
	for _, name := range strings.Split(list, ",") {
		value := commonv1.Role_value[rolePrefix+strings.ToUpper(strings.ReplaceAll(name, "-", "_"))]
		if value == 0 {
			return nil, fmt.Errorf("no role %q; the roles are %s", name, roleNames())
		}
		roles = append(roles, commonv1.Role(value))
	}
	return roles, nil
}

func roleNames() string {
	var names []string
	for i := 1; i < len(commonv1.Role_name); i++ {
		name := strings.TrimPrefix(commonv1.Role_name[int32(i)], rolePrefix)
		names = append(names, strings.ReplaceAll(strings.ToLower(name), "_", "-"))
	}
	return strings.Join(names, ", ")
}
