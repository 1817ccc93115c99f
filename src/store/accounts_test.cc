// Applications, sessions and tokens.
#include <gmock/gmock.h>

#include "base/digest.h"
#include "config/config_options.h"
#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

constexpr std::int64_t kMinute_ms = 60'000;

class Accounts : public StoreTest {
 protected:
  Application added(std::string_view name) {
    const Result<Application> application = store_->applications().add(name);
    EXPECT_TRUE(application.ok()) << application.status().explanation();
    return application.ok() ? *application : Application();
  }
};

TEST_F(Accounts, ApplicationsAreAddedListedAndRemoved) {
  EXPECT_FALSE(*store_->applications().any());
  const Application first = added("School A");
  const Application second = added("School B");
  EXPECT_TRUE(*store_->applications().any());
  EXPECT_NE(first.id, second.id);
  EXPECT_NE(first.secret, second.secret);
  EXPECT_EQ(first.secret.size(), 64u);

  const auto list = store_->applications().list();
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->size(), 2u);
  EXPECT_EQ((*list)[0].name, "School A");
  EXPECT_EQ((*list)[0].secret, first.secret);
  EXPECT_EQ((*list)[1].created_ms, kNow_ms);

  EXPECT_TRUE(store_->applications().remove(first.id).ok());
  EXPECT_EQ(store_->applications().find(first.id).status().code(), Code::kBadParameter);
  EXPECT_EQ(store_->applications().remove(first.id).code(), Code::kBadParameter);
  EXPECT_EQ(store_->applications().find(second.id)->name, "School B");
}

TEST_F(Accounts, NamesAreCheckedAndUnique) {
  added("School");
  EXPECT_THAT(store_->applications().add("School").status().explanation(), HasSubstr("'School'"));
  for (const std::string& name : {std::string(), std::string("a\nb"), std::string(101, 'a')}) {
    EXPECT_EQ(store_->applications().add(name).status().code(), Code::kBadParameter);
  }
}

TEST_F(Accounts, AnApplicationWithRecordingsIsNotRemoved) {
  const Application application = added("School");
  NewRecording wanted = recording_of("anna");
  wanted.application_id = application.id;
  record(wanted, "audio");
  EXPECT_THAT(store_->applications().remove(application.id).explanation(), HasSubstr("recordings"));
  EXPECT_EQ(*store_->recordings().remove_of_application(application.id), 1);
  EXPECT_TRUE(store_->applications().remove(application.id).ok());
  EXPECT_THAT(files_below(folder_.path() + "/audio"), ElementsAre());
}

TEST_F(Accounts, LimitsOfItsOwnStandOverTheServers) {
  const Application application = added("School");
  Applications& applications = store_->applications();
  ASSERT_TRUE(applications.set_limit(application.id, "assessments_per_minute", "7").ok());
  ASSERT_TRUE(applications.set_limit(application.id, "store", "false").ok());
  ASSERT_TRUE(applications.set_limit(application.id, "cors_origins", "https://a.example").ok());
  ApplicationLimits defaults;
  defaults.retention_days = 30;
  const auto limits = applications.limits_or_default(application.id, defaults);
  ASSERT_TRUE(limits.ok());
  EXPECT_EQ(limits->assessments_per_minute, 7);
  EXPECT_FALSE(limits->store);
  EXPECT_THAT(limits->cors_origins, ElementsAre("https://a.example"));
  EXPECT_EQ(limits->retention_days, 30);
  EXPECT_EQ(*applications.limits_or_default("open", defaults), defaults);

  ASSERT_TRUE(applications.set_limit(application.id, "store", "").ok());
  EXPECT_TRUE(applications.limits_or_default(application.id, defaults)->store);
  EXPECT_THAT(
      applications.find(application.id)->own_limits,
      ElementsAre(Pair("assessments_per_minute", "7"), Pair("cors_origins", "https://a.example")));
}

TEST_F(Accounts, RefusedLimitsAreNamed) {
  const Application application = added("School");
  Applications& applications = store_->applications();
  const auto detail = [&](std::string_view id, std::string_view option, std::string_view value) {
    const Status set = applications.set_limit(id, option, value);
    EXPECT_EQ(set.code(), Code::kBadParameter);
    EXPECT_EQ(set.field(), id == "none" ? "applicationId" : option);
    return set.detail();
  };
  EXPECT_THAT(detail(application.id, "assessments_per_minut", "7"),
              HasSubstr("is 'assessments_per_minute' meant?"));
  EXPECT_THAT(detail(application.id, "http_port", "7"), HasSubstr("not of an application"));
  EXPECT_THAT(detail(application.id, "store", "maybe"), HasSubstr("true or false"));
  EXPECT_THAT(detail(application.id, "cors_origins", "a.example"), HasSubstr("an origin"));
  EXPECT_THAT(detail("none", "store", "false"), HasSubstr("'none'"));
}

TEST_F(Accounts, SignaturesAndSecretsSignIn) {
  const Application application = added("School");
  const std::string timestamp = std::to_string(kNow_ms);
  SignedClaim claim{application.id, timestamp, sign(application.id, timestamp, application.secret)};
  const auto signed_in = store_->applications().sign_in(claim, kMinute_ms);
  ASSERT_TRUE(signed_in.ok());
  EXPECT_EQ(signed_in->application_id, application.id);
  EXPECT_EQ(signed_in->role, Role::kBackEnd);
  now_ms_ += kMinute_ms + 1;
  EXPECT_EQ(store_->applications().sign_in(claim, kMinute_ms).status().field(), "timestamp");
  claim.application_id = "none";
  EXPECT_EQ(store_->applications().sign_in(claim, kMinute_ms).status().detail(),
            "applicationId or signature is wrong");
  EXPECT_TRUE(store_->applications().sign_in_with_secret(application.id, application.secret).ok());
  EXPECT_EQ(store_->applications().sign_in_with_secret(application.id, "x").status().code(),
            Code::kNotSignedIn);
  EXPECT_EQ(store_->applications().sign_in_with_secret("none", "").status().code(),
            Code::kNotSignedIn);
}

TEST_F(Accounts, ANewSecretEndsTheOldOneAndItsSessions) {
  const Application application = added("School");
  const auto session = store_->sessions().open_session(application.id, 10 * kMinute_ms);
  ASSERT_TRUE(session.ok());
  const auto secret = store_->applications().rotate_secret(application.id);
  ASSERT_TRUE(secret.ok());
  EXPECT_NE(*secret, application.secret);
  EXPECT_EQ(store_->applications()
                .sign_in_with_secret(application.id, application.secret)
                .status()
                .code(),
            Code::kNotSignedIn);
  EXPECT_TRUE(store_->applications().sign_in_with_secret(application.id, *secret).ok());
  EXPECT_EQ(store_->sessions().sign_in(session->key).status().code(), Code::kNotSignedIn);
  EXPECT_EQ(store_->applications().rotate_secret("none").status().code(), Code::kBadParameter);
}

TEST_F(Accounts, ASessionLivesWhileItIsUsed) {
  const auto session = store_->sessions().open_session("app", 10 * kMinute_ms);
  ASSERT_TRUE(session.ok());
  EXPECT_EQ(session->key.size(), 64u);
  for (int use = 0; use < 30; ++use) {
    now_ms_ += use % 2 == 0 ? 10 * kMinute_ms - 1 : 1000;
    const auto signed_in = store_->sessions().sign_in(session->key);
    ASSERT_TRUE(signed_in.ok()) << use;
    EXPECT_EQ(signed_in->session_id, session->access.session_id);
    EXPECT_EQ(signed_in->role, Role::kBackEnd);
  }
  now_ms_ += 11 * kMinute_ms + 1000;
  EXPECT_THAT(store_->sessions().sign_in(session->key).status().detail(), HasSubstr("expired"));
}

TEST_F(Accounts, ATokenIsForOneUserAndALimitedTime) {
  const auto token = store_->sessions().issue_token("app", "anna", Role::kLearner, kMinute_ms);
  ASSERT_TRUE(token.ok());
  open();  // it survives a restart
  now_ms_ += kMinute_ms - 1;
  const auto signed_in = store_->sessions().sign_in(token->key);
  ASSERT_TRUE(signed_in.ok());
  EXPECT_EQ(signed_in->user_id, "anna");
  EXPECT_EQ(signed_in->role, Role::kLearner);
  EXPECT_EQ(signed_in->expires_ms, kNow_ms + kMinute_ms);
  now_ms_ += 1;
  EXPECT_EQ(store_->sessions().sign_in(token->key).status().code(), Code::kNotSignedIn);
  EXPECT_EQ(*store_->sessions().sweep(), 1);
  EXPECT_THAT(store_->sessions().sign_in(token->key).status().detail(), HasSubstr("not known"));
}

TEST_F(Accounts, TokensNeedAUserAndARole) {
  Sessions& sessions = store_->sessions();
  EXPECT_FALSE(sessions.issue_token("app", "", Role::kLearner, 1000).ok());
  EXPECT_FALSE(sessions.issue_token("app", std::string(257, 'a'), Role::kLearner, 1000).ok());
  EXPECT_FALSE(sessions.issue_token("app", "anna", Role::kBackEnd, 1000).ok());
  const auto token = sessions.issue_token("app", "anna", Role::kTeacher, 1000);
  ASSERT_TRUE(token.ok());
  EXPECT_TRUE(sessions.end(token->key).ok());
  EXPECT_TRUE(sessions.end(token->key).ok());
  EXPECT_EQ(sessions.sign_in(token->key).status().code(), Code::kNotSignedIn);
}

TEST_F(Accounts, KeysAreStoredAsHashesOnly) {
  const auto token = store_->sessions().issue_token("app", "anna", Role::kLearner, kMinute_ms);
  ASSERT_TRUE(token.ok());
  store_.reset();
  std::string everything;
  for (const std::string& name : files_below(folder_.path())) {
    everything += file_text(folder_.path() + "/" + name);
  }
  EXPECT_THAT(everything, HasSubstr(sha256_hex(token->key)));
  EXPECT_EQ(everything.find(token->key), std::string::npos);
}

TEST_F(Accounts, OnlyTheOwnerReadsTheDatabase) {
  added("School");
  for (const char* name : {"saywell.db", "saywell.db-wal", "saywell.db-shm", "server.lock"}) {
    const auto mode = std::filesystem::status(folder_.path() + "/" + name).permissions();
    EXPECT_EQ(static_cast<int>(mode), 0600) << name;
  }
  EXPECT_EQ(static_cast<int>(std::filesystem::status(folder_.path()).permissions()), 0700);
}

TEST(Access, WhoMayTouchWhat) {
  Access learner;
  learner.application_id = "app";
  learner.user_id = "anna";
  learner.role = Role::kLearner;
  Access teacher = learner;
  teacher.user_id = "tom";
  teacher.role = Role::kTeacher;
  Access back_end = learner;
  back_end.user_id = "";
  back_end.role = Role::kBackEnd;
  EXPECT_TRUE(may_touch(learner, "app", "anna"));
  EXPECT_FALSE(may_touch(learner, "app", "bob"));
  EXPECT_FALSE(may_touch(learner, "app", ""));
  EXPECT_FALSE(may_touch(learner, "other", "anna"));
  EXPECT_TRUE(may_touch(teacher, "app", "anna"));
  EXPECT_FALSE(may_touch(teacher, "other", "anna"));
  EXPECT_TRUE(may_touch(back_end, "app", ""));
  EXPECT_TRUE(may_record_as(learner, "anna"));
  EXPECT_FALSE(may_record_as(learner, "bob"));
  EXPECT_FALSE(may_record_as(teacher, "anna"));
  EXPECT_TRUE(may_record_as(back_end, "anna"));
}

}  // namespace
}  // namespace saywell
